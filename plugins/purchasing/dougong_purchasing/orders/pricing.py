"""What a product costs where nobody offers it: its cost price, in the order's currency."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from dougong import UnitOfWork, rounded_to
from dougong.companies.currency import currency_of
from dougong_base import Product, rates_on


def cost_in(uow: UnitOfWork, product: Product, currency: str, on: dt.date) -> Decimal:
    """The cost price of one unit in that currency; raises `NoRate` where nobody entered a rate."""
    own = currency_of(uow, uow.company_id)
    if currency == own or not product.cost_price:
        return product.cost_price
    rate = rates_on(uow.session, [(currency, on)], own)[currency, on]
    return rounded_to(product.cost_price / rate)
