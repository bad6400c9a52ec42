"""Orders are closed, and nothing stays in work; or they are given up before they begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dougong import Refused, UnitOfWork, _, ref
from dougong_base.events import CostLine, CostsArose
from dougong_production.orders.models import Order
from dougong_production.orders.service import PARTS, stopped
from dougong_production.orders.workflow import ORDER_STEPS


def close_orders(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Order]:
    """Nothing more happens to them; what they cost beyond their goods becomes a variance."""
    uow.require("production.order.close")
    orders = uow.load(Order, ids, *PARTS, lock=True)
    day = on or uow.today
    for order in orders:
        _refuse_running(order)
        ORDER_STEPS.move(order, "close")
        order.closed_on = day
        _end_work(order)
        rest = order.underway_cost
        order.variance += rest
        if rest and order.stocked:
            uow.publish(variance(order, day))
    uow.publish(stopped(order) for order in orders)
    return orders


def cancel_orders(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Give orders up on which nothing was spent."""
    uow.require("production.order.cancel")
    orders = uow.load(Order, ids, *PARTS, lock=True)
    for order in orders:
        _refuse_running(order)
        if order.actual_cost or any(line.issued for line in order.materials):
            raise Refused(
                _(
                    "%(order)s has cost something already. Let its material come back, or close it.",
                    order=order,
                )
            )
        told = order.state == "released"
        ORDER_STEPS.move(order, "cancel")
        for work in order.work:
            work.state = "cancelled"
        if told:
            uow.publish(stopped(order))
    return orders


def variance(order: Order, on: dt.date) -> CostsArose:
    """What the books are told when an order is closed."""
    return CostsArose(
        source=ref(order),
        number=str(order),
        company_id=order.company_id,
        on=on,
        key="close",
        text=str(_("Variance of %(order)s", order=order)),
        lines=(
            CostLine(
                purpose="production_variance",
                amount=order.variance,
                product_id=order.product_id,
            ),
            CostLine(purpose="production", amount=-order.variance, product_id=order.product_id),
        ),
    )


def _refuse_running(order: Order) -> None:
    running = next((work for work in order.work if work.state == "running"), None)
    if running is not None:
        raise Refused(
            _(
                "%(order)s: somebody is working on %(work)s. Pause or complete it first.",
                order=order,
                work=running,
            )
        )


def _end_work(order: Order) -> None:
    for work in order.work:
        if work.state != "done":
            work.state = "cancelled" if not work.minutes else "done"
