"""What moving goods needs to know of products."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select, true

from dougong import UnitOfWork
from dougong.companies.models import Company
from dougong_base import Product
from dougong_inventory.valuation.models import CategoryValuation


class ProductFacts(NamedTuple):
    """A product as one company moves it."""

    code: str
    kind: str
    tracking: str
    category_id: int | None
    cost_price: Decimal
    #: average or fifo.
    method: str
    currency: str


def product_facts(
    uow: UnitOfWork, product_ids: Collection[int], company_ids: Collection[int]
) -> dict[tuple[int, int], ProductFacts]:
    """The facts by company and product, in one statement."""
    usual = uow.setting("inventory.valuation")
    rows = uow.session.execute(
        select(
            Company.id,
            Product.id,
            Product.code,
            Product.kind,
            Product.tracking,
            Product.category_id,
            Product.cost_price,
            CategoryValuation.valuation,
            Company.currency,
        )
        .select_from(Product)
        .join(Company, true())
        .outerjoin(CategoryValuation, CategoryValuation.category_id == Product.category_id)
        .where(Product.id.in_(set(product_ids)), Company.id.in_(set(company_ids)))
    )
    return {
        (company, product): ProductFacts(
            code, kind, tracking, category, cost, method or usual, currency
        )
        for company, product, code, kind, tracking, category, cost, method, currency in rows
    }
