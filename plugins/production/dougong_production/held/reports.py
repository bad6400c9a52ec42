"""Report: how many days quality holds back each customer order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import DocumentRef, _
from dougong.reports import Column, Line, Parameter, Report
from dougong_production.held.queries import Waiting, waiting
from dougong_production.inspections.models import Inspection
from dougong_production.inspections.workflow import INSPECTION_STEPS
from dougong_production.plan_runs.naming import called
from dougong_production.plan_runs.pegs import names_of


def shown(session: Session, actor: Any) -> list[dict[str, Any]]:
    """Who waits, in words: for pages and the report."""
    with session.info["house"].look(actor) as uow:
        found = waiting(uow)
    words = called(session, actor, {one.of for one in found})
    products = names_of(session, (one.product_id for one in found))
    ids = {ref.id for one in found for ref in one.inspections}
    held = {
        one.id: f"{one.number} ({INSPECTION_STEPS.state(one.state).label})"
        for one in session.scalars(select(Inspection).where(Inspection.id.in_(ids)))
    }
    return [
        {
            "order": words.get(one.of, str(one.of.id)),
            "product": " ".join(products[one.product_id]),
            "quantity": one.quantity,
            "needed_on": one.needed,
            "free_on": one.free,
            "there_on": one.there,
            "open": one.there is None,
            "days": one.days,
            "inspections": [(ref.id, held.get(ref.id, "")) for ref in one.inspections],
            "way": _way(one),
            "of": one.of,
        }
        for one in found
    ]


def lines(
    session: Session, actor: Any, number: str = "", least: Decimal | None = None
) -> Iterator[Line]:
    """A line for each customer order and product that waits for a decision."""
    for one in shown(session, actor):
        if (number and not one["order"].startswith(number.strip())) or one["days"] < (least or 0):
            continue
        yield Line(
            {
                **{name: one[name] for name in ("order", "product", "quantity", "needed_on")},
                "free_on": one["free_on"],
                "there_on": one["there_on"],
                "days": one["days"],
                "note": str(_("No end in sight: refused")) if one["open"] else "",
                "held_by": ", ".join(text for _id, text in one["inspections"]),
            },
            drill=one["way"],
        )


def _way(one: Waiting) -> str:
    document: DocumentRef = one.of
    plugin, _dot, slug = document.kind.partition(".")
    return f"/{plugin}/{slug}/{document.id}"


HELD_BACK = Report(
    "production.held-back",
    _("Customer orders held back by quality"),
    "production.inspection.read",
    [
        Column("order", _("Customer order")),
        Column("product", _("Product")),
        Column("quantity", _("Quantity"), "quantity"),
        Column("needed_on", _("Needed on"), "date"),
        Column("free_on", _("Without the inspection"), "date"),
        Column("there_on", _("There on"), "date"),
        Column("days", _("Days held back"), "number"),
        Column("held_by", _("Held by")),
        Column("note", _("Note")),
    ],
    lines,
    [
        Parameter("number", _("Number of the order"), "text", default=""),
        Parameter("least", _("At least so many days"), "number"),
    ],
    icon="clock-pause",
    order=205,
)
