"""What departments that came later have missed of our orders."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select

from dougong import UnitOfWork
from dougong.links.models import DocumentLink
from dougong_base.events import (
    SaleBillable,
    SaleReturned,
    SalesOrderCancelled,
    SalesOrderChanged,
    SalesOrderConfirmed,
)
from dougong_crm.orders import facts
from dougong_crm.orders.billing import open_to_bill
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.returns.models import Return
from dougong_crm.returns.service import tell_returns


def undelivered(uow: UnitOfWork) -> Iterable[SalesOrderConfirmed]:
    """Confirmed orders with goods that no delivery stands for."""
    followed = exists().where(
        DocumentLink.from_kind == Order.__document__,
        DocumentLink.from_id == Order.id,
        DocumentLink.kind == "delivery",
    )
    ids = uow.session.scalars(
        select(Order.id)
        .where(Order.state == "confirmed", Order.delivery_state == "open", ~followed)
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


def returned(uow: UnitOfWork) -> Iterable[SaleReturned]:
    """Returns that no receipt stands for; the customer has sent the goods, or will."""
    followed = exists().where(
        DocumentLink.from_kind == Return.__document__,
        DocumentLink.from_id == Return.id,
        DocumentLink.kind == "return",
    )
    ids = uow.session.scalars(
        select(Return.id)
        .where(Return.state.in_(("confirmed", "done")), ~followed)
        .order_by(Return.id)
    ).all()
    return tell_returns(uow, uow.load(Return, ids, Return.lines))
