"""What the home page tells of quality and machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import Widget, _
from dougong_production.inspections.models import Inspection
from dougong_production.maintenance.models import PENDING as WORK_PENDING
from dougong_production.maintenance.models import MaintenanceOrder
from dougong_production.ncrs.models import Ncr
from dougong_production.ncrs.workflow import PENDING

FEW = 8


def overdue(session: Session, actor: Any) -> Sequence[tuple[str, Any, str]]:
    """Reports that should have gone on by now, the oldest first."""
    rows = session.execute(
        select(Ncr.id, Ncr.number, Ncr.title, Ncr.due_on)
        .where(Ncr.state.in_(PENDING), Ncr.due_on < actor.today)
        .order_by(Ncr.due_on, Ncr.id)
        .limit(FEW)
    )
    return [(number or title, day, f"/production/ncrs/{id}") for id, number, title, day in rows]


def to_inspect(session: Session, actor: Any) -> int:
    """How many lots wait for their inspection."""
    query = select(func.count(Inspection.id)).where(Inspection.state == "open")
    return session.scalar(query) or 0


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
        "production.machines_due", _("Machines to look after"), machines_due,
        "production.maintenance.read", to="production.maintenance", order=72,
    ),
]  # fmt: skip
