"""Reports: which customer waits for this, and why is it late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from dougong import DocumentRef, _, pgettext
from dougong.reports import Column, Line, Parameter, Report
from dougong_production.held.lots import apart, held_lots
from dougong_production.plan_runs.models import PlanRun, Proposal
from dougong_production.plan_runs.naming import find
from dougong_production.plan_runs.pegs import Pegs, Tie, kinds_of, last_run, names_of
from dougong_production.plan_runs.showing import pegs_shown

COLUMNS = [
    Column("product", _("Product")),
    Column("quantity", _("Quantity"), "quantity"),
    Column("supply", _("Comes with")),
    Column("supply_on", _("There on"), "date"),
    Column("need", _("Serves")),
    Column("need_on", _("Needed on"), "date"),
    Column("late_days", _("Days late"), "number"),
]
PARAMETERS = [
    Parameter("number", _("Number of the document"), "text", default=""),
    Parameter("kind", _("Kind of document"), "text", default=""),
    Parameter("id", pgettext("document", "Number in the house"), "number", default=0),
]


def waiting(
    session: Session, actor: Any, number: str = "", kind: str = "", id: Any = 0
) -> Iterator[Line]:
    """Who waits for a purchase, an order or a proposal: up to the customers."""
    run, document = _asked(session, number, kind, id)
    if run is not None and document is not None:
        yield from _lines(session, Pegs(session, run).up(document), actor)


def needed(
    session: Session, actor: Any, number: str = "", kind: str = "", id: Any = 0
) -> Iterator[Line]:
    """What an order waits for, and what of that comes too late."""
    run, document = _asked(session, number, kind, id)
    if run is None or document is None:
        return
    ties = list(Pegs(session, run).down(document))
    yield from _lines(session, ties, actor)
    yield from _refused(session, {tie.product_id for tie in ties}, actor)


def _refused(session: Session, products: set[int], actor: Any) -> Iterator[Line]:
    """Lots of these products that lie in the house and serve nobody, because they were refused."""
    with session.info["house"].look(actor) as uow:
        lots = [lot for lot in held_lots(uow, apart(uow, products)) if lot.until is None]
    names = names_of(session, (lot.product_id for lot in lots))
    for lot in lots:
        yield Line(
            {
                "product": " ".join(names[lot.product_id]),
                "quantity": lot.quantity,
                "supply": str(_("%(inspection)s: refused, kept apart", inspection=lot.number)),
                "need": str(_("Nobody")),
            },
            drill=f"/production/inspections/{lot.inspection.id}",
        )


def _asked(
    session: Session, number: str, kind: str, id: Any
) -> tuple[PlanRun | None, DocumentRef | None]:
    """The last run, and the document by its number or by its kind and number in the house."""
    run = last_run(session)
    if run is None:
        return None, None
    if number:
        kinds = {kind} if kind else kinds_of(session, run)
        return run, find(session, kinds, number.strip())
    return run, DocumentRef(kind or Proposal.__document__, int(id)) if id else None


def _lines(session: Session, ties: Iterable[Tie], actor: Any) -> Iterator[Line]:
    for tie in pegs_shown(session, ties, actor):
        values = {column.name: tie[column.name] for column in COLUMNS}
        yield Line(
            {**values, "product": f"{tie['code']} {tie['product']}"},
            drill=tie["way"],
            level=tie["depth"],
        )


WAITING = Report(
    "production.who-waits", _("Who waits for this"), "production.plan_item.read", COLUMNS, waiting,
    PARAMETERS, icon="arrow-big-up-lines", order=110,
)  # fmt: skip
NEEDED = Report(
    "production.why-late", _("What this waits for, and why it is late"),
    "production.plan_item.read", COLUMNS, needed, PARAMETERS, icon="arrow-big-down-lines", order=111,
)  # fmt: skip
