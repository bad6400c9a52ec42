"""What departments that came later have missed of our orders."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import unfollowed
from dougong_base.events import (
    SaleBillable,
    SalesOrderCancelled,
    SalesOrderChanged,
    SalesOrderConfirmed,
)
from dougong_crm.orders import facts
from dougong_crm.orders.billing import open_to_bill
from dougong_crm.orders.models import Order, OrderLine


def undelivered(uow: UnitOfWork) -> Iterable[SalesOrderConfirmed]:
    """Confirmed orders with goods that no delivery stands for."""
    ids = uow.session.scalars(
        select(Order.id)
        .where(
            Order.state == "confirmed",
            Order.delivery_state == "open",
            unfollowed(Order, "delivery"),
        )
        .order_by(Order.id)
    ).all()
    return [facts.confirmed(order) for order in uow.load(Order, ids, Order.lines)]


def unbilled(uow: UnitOfWork) -> Iterable[SaleBillable]:
    """What was told to be billable, or to be credited, and stands on no invoice."""
    ids = uow.session.scalars(
        select(Order.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.state.in_(("confirmed", "done")), OrderLine.asked != OrderLine.billed)
        .distinct()
        .order_by(Order.id)
    ).all()
    return [event for order in uow.load(Order, ids, Order.lines) for event in open_to_bill(order)]


def cancelled(uow: UnitOfWork) -> Iterable[SalesOrderCancelled]:
    """Orders that were given up after they had their number."""
    ids = uow.session.scalars(
        select(Order.id)
        .where(Order.state == "cancelled", Order.number.is_not(None))
        .order_by(Order.id)
    ).all()
    return [facts.cancelled(order) for order in uow.load(Order, ids)]


def changed(uow: UnitOfWork) -> Iterable[SalesOrderChanged]:
    """Confirmed orders as they are now, while something of them is to be delivered."""
    ids = uow.session.scalars(
        select(Order.id)
        .where(Order.state.in_(("confirmed", "done")), Order.delivery_state != "unneeded")
        .order_by(Order.id)
    ).all()
    orders = uow.load(Order, ids, Order.lines)
    return [facts.changed(order, order.confirmed_on or order.ordered_on) for order in orders]
