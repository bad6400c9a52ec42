"""Stock is counted from some day on: orders that were under way before are taken over as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dougong import UnitOfWork, _, ref
from dougong_base.events import CostLine, CostsArose
from dougong_base.ports import StockAvailability
from dougong_production.orders.models import Order
from dougong_production.orders.service import released


def count_from_now(uow: UnitOfWork, orders: Iterable[Order]) -> None:
    """Let the warehouse and the books know of orders that began when nobody counted stock.

    What they have cost until now is work in progress that is opened, like the stock itself; what
    they still take is put aside.
    """
    if uow.ask(StockAvailability) is None:
        return
    fresh = [order for order in orders if not order.stocked]
    for order in fresh:
        order.stocked, order.counted_on = True, uow.today
        order.opening_cost = order.underway_cost
    uow.publish(opening(order, uow.today) for order in fresh if order.opening_cost)
    uow.publish(event for event in map(released, fresh) if event.lines)
    uow.settle()


def opening(order: Order, on: dt.date) -> CostsArose:
    """What the books are told of an order that is taken over."""
    return CostsArose(
        source=ref(order),
        number=str(order),
        company_id=order.company_id,
        on=on,
        key="opening",
        text=str(_("Work in progress of %(order)s", order=order)),
        lines=(
            CostLine(purpose="production", amount=order.opening_cost, product_id=order.product_id),
            CostLine(purpose="opening", amount=-order.opening_cost, product_id=order.product_id),
        ),
    )
