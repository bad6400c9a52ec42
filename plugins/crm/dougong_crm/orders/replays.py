"""What departments that came later have missed of our orders."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select

from dougong import UnitOfWork
from dougong.links.models import DocumentLink
from dougong_base.events import SaleBillable, SalesOrderConfirmed
from dougong_crm.orders import facts
from dougong_crm.orders.billing import open_to_bill
from dougong_crm.orders.models import Order, OrderLine


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
    """What was told to be billable and stands on no invoice."""
    ids = uow.session.scalars(
        select(Order.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.state.in_(("confirmed", "done")), OrderLine.asked > OrderLine.billed)
        .distinct()
        .order_by(Order.id)
    ).all()
    found = (open_to_bill(order) for order in uow.load(Order, ids, Order.lines))
    return [event for event in found if event is not None]
