"""The pipeline: what may come, stage by stage."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import _
from dougong.actors import Actor
from dougong.reports import Column, Line, Report
from dougong_crm.opportunities.models import Opportunity, Stage


def ask_pipeline(session: Session, actor: Actor) -> Iterable[Line]:
    """Open opportunities, their value and what is to be expected of it."""
    rows = session.execute(
        select(
            Stage.id,
            Stage.name,
            Opportunity.currency,
            func.count(Opportunity.id).label("number"),
            func.sum(Opportunity.value).label("value"),
            func.sum(Opportunity.expected).label("expected"),
        )
        .join(Opportunity, Opportunity.stage_id == Stage.id)
        .where(Opportunity.state == "open")
        .group_by(Stage.id, Stage.name, Stage.position, Opportunity.currency)
        .order_by(Stage.position, Opportunity.currency)
    )
    for row in rows:
        yield Line(
            {
                "stage": row.name,
                "number": row.number,
                "value": row.value,
                "expected": row.expected,
                "currency": row.currency,
            },
            drill=f"/crm/opportunities?state=open&stage={row.id}",
        )


PIPELINE = Report(
    "crm.pipeline",
    _("Pipeline"),
    "crm.opportunity.read",
    [
        Column("stage", _("Stage")),
        Column("number", _("Opportunities"), "number", total=True),
        Column("value", _("Expected revenue"), "amount", total=True),
        Column("expected", _("Weighted"), "amount", total=True),
        Column("currency", _("Currency")),
    ],
    ask_pipeline,
    icon="filter",
    order=30,
)
