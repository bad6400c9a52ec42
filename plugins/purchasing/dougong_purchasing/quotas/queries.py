"""Which parts are agreed on a day, and what each supplier got of them so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.quotas.models import Quota, QuotaLine

#: The part of each supplier, by product.
Parts = Mapping[int, Mapping[int, Decimal]]


def parts_on(
    session: Session, company_id: int, products: Collection[int], on: dt.date
) -> dict[int, dict[int, Decimal]]:
    """The suppliers' parts of these products, as agreed for that day."""
    rows = session.execute(
        select(Quota.product_id, QuotaLine.supplier_id, QuotaLine.part)
        .join(QuotaLine, QuotaLine.quota_id == Quota.id)
        .where(
            Quota.company_id == company_id,
            Quota.product_id.in_(products),
            Quota.starts_on <= on,
            or_(Quota.ends_on.is_(None), Quota.ends_on >= on),
        )
        .order_by(QuotaLine.position, QuotaLine.id)
    )
    found: dict[int, dict[int, Decimal]] = {}
    for product, supplier, part in rows:
        found.setdefault(product, {})[supplier] = part
    return found


def had(
    session: Session, company_id: int, parts: Parts, on: dt.date
) -> dict[tuple[int, int], Decimal]:
    """What was ordered of each product from each supplier since the quota of that day began."""
    if not parts:
        return {}
    rows = session.execute(
        select(OrderLine.product_id, Order.supplier_id, func.sum(OrderLine.own_quantity))
        .join(Order, Order.id == OrderLine.order_id)
        .join(Quota, Quota.product_id == OrderLine.product_id)
        .where(
            Order.company_id == company_id,
            Quota.company_id == company_id,
            Order.state != "cancelled",
            OrderLine.product_id.in_(list(parts)),
            Quota.starts_on <= on,
            or_(Quota.ends_on.is_(None), Quota.ends_on >= on),
            Order.ordered_on >= Quota.starts_on,
        )
        .group_by(OrderLine.product_id, Order.supplier_id)
    )
    return {
        (product, supplier): quantity
        for product, supplier, quantity in rows
        if supplier in parts[product]
    }
