"""Questions about suppliers' price lists."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dougong_purchasing.terms.models import SupplierList, SupplierPrice


def overlapping(
    session: Session, terms: SupplierList, company_id: int, products: Collection[int]
) -> str | None:
    """The name of another list that has prices for these products at the same time and priority."""
    if not products or terms.active is False:
        return None
    question = (
        select(SupplierList.name)
        .join(SupplierPrice, SupplierPrice.list_id == SupplierList.id)
        .where(
            SupplierList.supplier_id == terms.supplier_id,
            SupplierList.company_id == (terms.company_id or company_id),
            SupplierList.currency == terms.currency,
            SupplierList.priority == (10 if terms.priority is None else terms.priority),
            SupplierList.active,
            SupplierPrice.product_id.in_(products),
        )
        .limit(1)
    )
    if terms.id is not None:
        question = question.where(SupplierList.id != terms.id)
    if terms.ends_on:
        starts = SupplierList.starts_on
        question = question.where(or_(starts.is_(None), starts <= terms.ends_on))
    if terms.starts_on:
        ends = SupplierList.ends_on
        question = question.where(or_(ends.is_(None), ends >= terms.starts_on))
    with session.no_autoflush:
        return session.scalar(question)
