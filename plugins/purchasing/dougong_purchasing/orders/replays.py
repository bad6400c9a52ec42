"""What departments that came later have missed of our orders."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import unfollowed
from dougong_base.events import (
    PurchaseBillable,
    PurchaseOrderCancelled,
    PurchaseOrderChanged,
    PurchaseOrderConfirmed,
)
from dougong_purchasing.orders import facts
from dougong_purchasing.orders.billing import open_to_bill
from dougong_purchasing.orders.models import Order, OrderLine


def unexpected(uow: UnitOfWork) -> Iterable[PurchaseOrderConfirmed]:
    """Confirmed orders with goods that no receipt stands for."""
    ids = uow.session.scalars(
        select(Order.id)
        .where(
            Order.state == "confirmed", Order.receipt_state == "open", unfollowed(Order, "receipt")
        )
        .order_by(Order.id)
    ).all()
    return [facts.confirmed(order) for order in uow.load(Order, ids, Order.lines)]


def unbilled(uow: UnitOfWork) -> Iterable[PurchaseBillable]:
    """What was told to be owed, or to be credited, and stands on no bill."""
    ids = uow.session.scalars(
        select(Order.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.state.in_(("confirmed", "done")), OrderLine.asked != OrderLine.billed)
        .distinct()
        .order_by(Order.id)
    ).all()
    return [event for order in uow.load(Order, ids, Order.lines) for event in open_to_bill(order)]


def cancelled(uow: UnitOfWork) -> Iterable[PurchaseOrderCancelled]:
    """Orders that were given up after they had their number."""
    ids = uow.session.scalars(
        select(Order.id)
        .where(Order.state == "cancelled", Order.number.is_not(None))
        .order_by(Order.id)
    ).all()
    return [facts.cancelled(order) for order in uow.load(Order, ids)]


def changed(uow: UnitOfWork) -> Iterable[PurchaseOrderChanged]:
    """Confirmed orders as they are now, while something of them is to come."""
    ids = uow.session.scalars(
        select(Order.id)
        .where(Order.state == "confirmed", Order.receipt_state.in_(("open", "partial")))
        .order_by(Order.id)
    ).all()
    orders = uow.load(Order, ids, Order.lines)
    return [facts.changed(order, order.confirmed_on or order.ordered_on) for order in orders]
