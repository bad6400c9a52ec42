"""What a product costs where nobody offers it, and what an order is worth in our currency."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from dougong import UnitOfWork, rounded, rounded_to
from dougong.companies.currency import currency_of
from dougong_base import NoRate, Product, rates_on


def cost_in(uow: UnitOfWork, product: Product, currency: str, on: dt.date) -> Decimal:
    """The cost price of one unit in that currency; raises `NoRate` where nobody entered a rate."""
    own = currency_of(uow, uow.company_id)
    if currency == own or not product.cost_price:
        return product.cost_price
    rate = rates_on(uow.session, [(currency, on)], own)[currency, on]
    return rounded_to(product.cost_price / rate)


def worth_of(uow: UnitOfWork, order: Any) -> Decimal | None:
    """What an order comes to without tax in the company's currency, at the rate of its day."""
    own, day = currency_of(uow, order.company_id or uow.company_id), order.ordered_on or uow.today
    if order.currency == own:
        worth: Decimal = order.untaxed
        return worth
    try:
        rate = rates_on(uow.session, [(order.currency, day)], own)[order.currency, day]
    except NoRate:
        return None
    return rounded(order.untaxed * rate, own)
