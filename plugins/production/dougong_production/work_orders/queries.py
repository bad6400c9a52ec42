"""Questions from the shop floor: what is there to do, and who is at it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dougong_production.inspections.holding import HOLDING
from dougong_production.inspections.models import Inspection
from dougong_production.maintenance.models import Equipment
from dougong_production.orders.models import Order
from dougong_production.work_centres.models import WorkCentre
from dougong_production.work_orders.models import TimeLog, WorkOrder

#: More does not fit on a tablet.
MOST = 60
TO_DO = ("running", "paused", "ready")


def to_do(session: Session, centre_id: int | None) -> Sequence[WorkOrder]:
    """Work that can be done now, what is running first, then as planned and due."""
    query = (
        select(WorkOrder)
        .join(Order, Order.id == WorkOrder.order_id)
        .where(WorkOrder.state.in_(TO_DO), Order.state.in_(("released", "started")))
        .options(
            joinedload(WorkOrder.order).joinedload(Order.product),
            joinedload(WorkOrder.work_centre),
        )
        .order_by(
            case({name: n for n, name in enumerate(TO_DO)}, value=WorkOrder.state),
            WorkOrder.planned_start, Order.due_on, WorkOrder.id,
        )
        .limit(MOST)
    )  # fmt: skip
    if centre_id is not None:
        query = query.where(WorkOrder.work_centre_id == centre_id)
    return session.scalars(query).all()


def one(session: Session, id: int) -> WorkOrder | None:
    """A work order with everything its page shows."""
    return session.scalar(
        select(WorkOrder)
        .where(WorkOrder.id == id)
        .options(
            joinedload(WorkOrder.order).joinedload(Order.product),
            joinedload(WorkOrder.work_centre),
            selectinload(WorkOrder.logs),
            selectinload(WorkOrder.scraps),
        )
    )


def centres(session: Session) -> Sequence[WorkCentre]:
    """The work centres a worker can choose from."""
    return session.scalars(
        select(WorkCentre).where(WorkCentre.active).order_by(WorkCentre.code)
    ).all()


def machines(session: Session, centre_id: int) -> Sequence[Equipment]:
    """The machines that stand at a work centre."""
    return session.scalars(
        select(Equipment)
        .where(Equipment.work_centre_id == centre_id, Equipment.active)
        .order_by(Equipment.code)
    ).all()


def inspections_of(session: Session, order_id: int) -> Sequence[Inspection]:
    """What somebody still has to decide about the operations of an order."""
    works = select(WorkOrder.id).where(WorkOrder.order_id == order_id)
    return session.scalars(
        select(Inspection)
        .where(
            Inspection.source_kind == WorkOrder.__document__,
            Inspection.source_id.in_(works),
            Inspection.state.in_(HOLDING),
        )
        .order_by(Inspection.id)
    ).all()


def open_log(work: WorkOrder) -> TimeLog | None:
    """Who is at it now."""
    return next((log for log in work.logs if log.ended_at is None), None)
