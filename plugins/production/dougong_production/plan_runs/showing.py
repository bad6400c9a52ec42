"""Tables and pegs as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from dougong import DocumentRef, _
from dougong_production.plan_runs.models import PlanItem, PlanRun
from dougong_production.plan_runs.pegs import Tie, names_of


def table_shown(session: Session, item: PlanItem, rows: Mapping[str, Any]) -> dict[str, Any]:
    """The periods in which something happens, and each row of the table."""
    run = session.get_one(PlanRun, item.run_id)
    lines = {name: item.row(name) for name in rows if name != "projected"}
    lines["projected"] = item.projected(run.periods)
    used = sorted({period for line in lines.values() for period in line if line[period]})
    return {
        "days": [run.calendar.day(period) for period in used],
        "rows": [(rows[name], [lines[name].get(p, 0) for p in used]) for name in rows],
    }


def pegs_shown(session: Session, ties: Iterable[Tie]) -> list[dict[str, Any]]:
    """Pegs with names instead of numbers."""
    found = list(ties)
    names = names_of(session, (tie.product_id for tie in found))
    return [
        {
            "depth": tie.depth,
            "code": names[tie.product_id][0],
            "product": names[tie.product_id][1],
            "supply": told(tie.supply.document, tie.supply.source)
            if tie.supply
            else str(_("Nothing")),
            "supply_on": tie.supply.on if tie.supply and tie.supply.document else None,
            "need": told(tie.need.document, tie.need.source, needed=True) if tie.need else "",
            "need_on": tie.need.on if tie.need else None,
            "quantity": abs(tie.quantity),
            "late_days": tie.late_days,
            "way": way_to(tie.need.source or tie.need.document) if tie.need else "",
        }
        for tie in found
    ]


def told(document: DocumentRef | None, source: DocumentRef | None, *, needed: bool = False) -> str:
    """What a document is called: its kind and number in the house."""
    shown = source or document
    if shown is None:
        return str(_("Forecast")) if needed else str(_("Stock"))
    return f"{shown.kind} {shown.id}"


def way_to(document: DocumentRef | None) -> str:
    """The page that shows it."""
    if document is None or "." not in document.kind:
        return ""
    plugin, _dot, slug = document.kind.partition(".")
    return f"/{plugin}/{slug}/{document.id}"
