"""What the home page tells of quality and machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from dougong import Widget, _
from dougong_production.held.queries import waiting
from dougong_production.inspections.models import Inspection
from dougong_production.maintenance.models import PENDING as WORK_PENDING
from dougong_production.maintenance.models import MaintenanceOrder
from dougong_production.ncrs.models import Ncr, NcrAction
from dougong_production.ncrs.workflow import PENDING

FEW = 8


def overdue(session: Session, actor: Any) -> Sequence[tuple[str, Any, str]]:
    """Reports, and actions in them, that should have gone on by now, the oldest first."""
    late = (
        select(NcrAction.ncr_id, func.min(NcrAction.due_on).label("due_on"))
        .where(NcrAction.done_on.is_(None), NcrAction.due_on < actor.today)
        .group_by(NcrAction.ncr_id)
        .subquery()
    )
    own = case((Ncr.due_on < actor.today, Ncr.due_on))
    # The earlier of the two; where one is missing, the other.
    first = case(
        (late.c.due_on.is_(None), own), (own.is_(None), late.c.due_on),
        (late.c.due_on < own, late.c.due_on), else_=own,
    )  # fmt: skip
    rows = session.execute(
        select(Ncr.id, Ncr.number, Ncr.title, first)
        .outerjoin(late, late.c.ncr_id == Ncr.id)
        .where(Ncr.state.in_(PENDING), first.is_not(None))
        .order_by(first, Ncr.id)
        .limit(FEW)
    )
    return [
        (" ".join(filter(None, [number, title])), day, f"/production/ncrs/{id}")
        for id, number, title, day in rows
    ]


def to_inspect(session: Session, actor: Any) -> int:
    """How many lots wait for their inspection."""
    query = select(func.count(Inspection.id)).where(Inspection.state == "open")
    return session.scalar(query) or 0


def held_back(session: Session, actor: Any) -> int:
    """How many customer orders wait for a decision of the laboratory."""
    with session.info["house"].look(actor) as uow:
        return len({one.of for one in waiting(uow) if one.days})


def machines_due(session: Session, actor: Any) -> int:
    """How much work on machines is due."""
    query = select(func.count(MaintenanceOrder.id)).where(
        MaintenanceOrder.state.in_(WORK_PENDING), MaintenanceOrder.due_on <= actor.today
    )
    return session.scalar(query) or 0


WIDGETS = [
    Widget(
        "production.overdue_ncrs", _("Overdue corrective actions"), overdue, "production.ncr.read",
        "list", "production.ncrs", 70,
    ),
    Widget(
        "production.to_inspect", _("Lots to inspect"), to_inspect, "production.inspection.read",
        to="production.inspections?state=open", order=71,
    ),
    Widget(
        "production.held_back", _("Customer orders held back by quality"), held_back,
        "production.inspection.read", to="/production/reports/held-back", order=69,
    ),
    Widget(
        "production.machines_due", _("Machines to look after"), machines_due,
        "production.maintenance.read", to="production.maintenance", order=72,
    ),
]  # fmt: skip
