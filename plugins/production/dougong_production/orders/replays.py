"""What departments that came later, or were away, have missed of production."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import exists, select

from dougong import UnitOfWork
from dougong.links.models import DocumentLink
from dougong_base.events import CostsArose, ProductionReleased
from dougong_production.orders.closing import variance
from dougong_production.orders.counting import opening
from dougong_production.orders.models import Order
from dougong_production.orders.service import released
from dougong_production.orders.workflow import UNDERWAY
from dougong_production.work_orders.models import TimeLog, WorkOrder
from dougong_production.work_orders.service import absorbed


def unheard(uow: UnitOfWork) -> Iterable[ProductionReleased]:
    """Orders that can be worked on and for which no material was put aside; their rest is told."""
    told = exists().where(
        DocumentLink.from_kind == Order.__document__,
        DocumentLink.from_id == Order.id,
        DocumentLink.kind == "material",
    )
    ids = uow.session.scalars(
        select(Order.id).where(Order.state.in_(UNDERWAY), ~told).order_by(Order.id)
    ).all()
    orders = uow.load(Order, ids, Order.materials) if ids else []
    return [event for event in map(released, orders) if event.lines]


def unbooked(uow: UnitOfWork) -> Iterator[CostsArose]:
    """What time, the work taken over when stock was counted first, and closing have cost."""
    rows = uow.session.execute(
        select(TimeLog, WorkOrder, Order)
        .join(WorkOrder, WorkOrder.id == TimeLog.work_id)
        .join(Order, Order.id == WorkOrder.order_id)
        .where(Order.stocked, TimeLog.charged_on.is_not(None))
        .order_by(TimeLog.id)
    )
    for log, work, order in rows:
        if log.labour + log.overhead and log.charged_on is not None:
            yield absorbed(order, work, log, log.charged_on)
    for order in uow.session.scalars(select(Order).where(Order.stocked).order_by(Order.id)):
        if order.opening_cost and order.counted_on is not None:
            yield opening(order, order.counted_on)
        if order.state == "closed" and order.variance and order.closed_on is not None:
            yield variance(order, order.closed_on)
