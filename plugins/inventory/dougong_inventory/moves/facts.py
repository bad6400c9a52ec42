"""What moving goods needs to know of products."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.companies.currency import currency_of
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
    """The facts by company and product."""
    products = uow.load(Product, product_ids)
    methods = _methods(uow, {p.category_id for p in products if p.category_id})
    usual = uow.setting("inventory.valuation")
    return {
        (company, p.id): ProductFacts(
            p.code,
            p.kind,
            p.tracking,
            p.category_id,
            p.cost_price,
            methods.get(p.category_id) or usual,
            currency_of(uow, company),
        )
        for company in company_ids
        for p in products
    }


def _methods(uow: UnitOfWork, categories: Collection[int]) -> dict[int | None, str | None]:
    """How these categories are valued, as far as they say so."""
    if not categories:
        return {}
    rows = uow.look(
        select(CategoryValuation.category_id, CategoryValuation.valuation).where(
            CategoryValuation.category_id.in_(categories)
        )
    )
    return {row.category_id: row.valuation for row in rows}
