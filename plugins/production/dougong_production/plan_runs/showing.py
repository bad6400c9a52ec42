"""Tables and pegs as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from dougong import DocumentRef, _
from dougong_production.plan_runs.models import PlanItem, PlanRun, Proposal
from dougong_production.plan_runs.naming import called
from dougong_production.plan_runs.pegs import Need, Supply, Tie, names_of


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


def pegs_shown(session: Session, ties: Iterable[Tie], actor: Any) -> list[dict[str, Any]]:
    """Pegs with names instead of numbers."""
    found = list(ties)
    names = names_of(session, (tie.product_id for tie in found))
    ends = [end for tie in found for end in (tie.supply, tie.need) if end is not None]
    documents = {ref for end in ends for ref in (end.document, end.source) if ref is not None}
    words = called(session, actor, documents)
    return [
        {
            "depth": tie.depth,
            "code": names[tie.product_id][0],
            "product": names[tie.product_id][1],
            "supply": told(tie.supply, words) if tie.supply else str(_("Nothing")),
            "supply_on": tie.supply.on if tie.supply and tie.supply.document else None,
            "supply_way": way_to(tie.supply),
            "need": told(tie.need, words) if tie.need else str(_("Nobody")),
            "need_on": tie.need.on if tie.need else None,
            "quantity": abs(tie.quantity),
            "late_days": tie.late_days,
            "way": way_to(tie.need),
        }
        for tie in found
    ]


def told(end: Need | Supply, words: Mapping[DocumentRef, str]) -> str:
    """What a supply or a need is called: who asked for it, else the document itself."""
    if end.document is None:
        return str(_("Forecast") if isinstance(end, Need) else _("Stock"))
    for shown in (end.source, end.document):
        if shown is not None and shown.kind != Proposal.__document__ and shown in words:
            return words[shown]
    return (
        str(_("Proposal %(id)s", id=end.document.id))
        if (end.document.kind == Proposal.__document__)
        else str(_("Document %(id)s", id=end.document.id))
    )


def way_to(end: Need | Supply | None) -> str:
    """The page that shows it."""
    document = (end.source or end.document) if end is not None else None
    if document is None or "." not in document.kind:
        return ""
    plugin, _dot, slug = document.kind.partition(".")
    return f"/{plugin}/{slug}/{document.id}"
