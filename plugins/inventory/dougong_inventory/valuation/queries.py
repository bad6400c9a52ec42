"""What goods cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import rounded_to
from dougong_base import Product
from dougong_inventory.stock.queries import stock_at
from dougong_inventory.valuation.models import StockValue


def unit_costs(
    session: Session, company_id: int, product_ids: Collection[int], on: dt.date | None = None
) -> dict[int, Decimal]:
    """What one of each product costs: the value of the stock by its quantity, else the cost price."""
    prices = select(Product.id, Product.cost_price).where(Product.id.in_(product_ids))
    costs = {row.id: row.cost_price for row in session.execute(prices)}
    if on is not None:
        held = stock_at(session, on, product_ids, company_id=company_id)
    else:
        rows = session.execute(
            select(StockValue.product_id, StockValue.quantity, StockValue.value).where(
                StockValue.company_id == company_id, StockValue.product_id.in_(product_ids)
            )
        )
        held = {product: (quantity, value) for product, quantity, value in rows}
    for product, (quantity, value) in held.items():
        if quantity > 0:
            costs[product] = rounded_to(value / quantity)
    return costs
