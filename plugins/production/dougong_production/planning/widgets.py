"""What the home page tells of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import Widget, _
from dougong_production.orders.models import Order
from dougong_production.orders.workflow import UNDERWAY
from dougong_production.plan_runs.models import PlanWarning, Proposal
from dougong_production.work_centres.models import WorkCentre
from dougong_production.work_orders.models import WorkOrder

FEW = 8


def waiting(session: Session, actor: Any) -> int:
    """Proposals that somebody must decide on."""
    query = select(func.count(Proposal.id)).where(Proposal.state == "open")
    return session.scalar(query) or 0


def warned(session: Session, actor: Any) -> int:
    """What the last plan warns of."""
    return session.scalar(select(func.count(PlanWarning.id))) or 0


def load(session: Session, actor: Any) -> Sequence[tuple[str, Any, str]]:
    """Hours of work that wait at each centre, the fullest first."""
    minutes = func.sum(WorkOrder.planned_minutes)
    rows = session.execute(
        select(WorkCentre.id, WorkCentre.name, minutes)
        .join(WorkOrder, WorkOrder.work_centre_id == WorkCentre.id)
        .join(Order, Order.id == WorkOrder.order_id)
        .where(
            Order.state.in_(UNDERWAY),
            WorkOrder.state.in_(("waiting", "ready", "running", "paused")),
            WorkOrder.external.is_(False),
        )
        .group_by(WorkCentre.id, WorkCentre.name)
        .order_by(minutes.desc(), WorkCentre.name)
        .limit(FEW)
    )
    return [
        (name, f"{planned / 60:.1f} h", f"/production/work_centres/{id}")
        for id, name, planned in rows
    ]


WIDGETS = [
    Widget(
        "production.proposals", _("Proposals to decide on"), waiting, "production.proposal.read",
        to="production.proposals?state=open", order=64,
    ),
    Widget(
        "production.warnings", _("Planning warnings"), warned, "production.plan_warning.read",
        to="production.plan_warnings", order=65,
    ),
    Widget(
        "production.load", _("Work waiting at the centres"), load, "production.work_centre.read",
        "list", "production.work_centres", 66,
    ),
]  # fmt: skip
