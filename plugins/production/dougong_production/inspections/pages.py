"""Entering measured values on a tablet or a phone: type, press Enter, type the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong import NotFound, Refused, UnitOfWork, _
from dougong.errors import BadQuery, DougongError
from dougong.keys import whole
from dougong.resources.exchange import Table, read_table
from dougong.web.rights import needs
from dougong_production.inspections.measuring import (
    add_values,
    count_bad,
    one,
    take_back,
    to_measure,
)
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.pasting import BadRows, take_over
from dougong_production.inspections.service import decide_inspections
from dougong_production.inspections.workflow import INSPECTION_STEPS
from dougong_production.quality_plans.models import STAGES

Act = Callable[[UnitOfWork, int, int], Any]


@dataclass(frozen=True, slots=True)
class Line:
    """What the page shows of one characteristic."""

    id: int
    name: str
    kind: str
    told: str
    method: str
    #: Each value, and whether it is allowed.
    values: tuple[tuple[str, bool], ...]
    bad: int | None
    needed: int

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.bad is not None if self.kind != "numeric" else len(self.values) == self.needed


def laboratory() -> Blueprint:
    """The pages, anew for each application."""
    pages = Blueprint("production_lab", __name__, url_prefix="/lab")
    pages.add_url_rule("", view_func=overview, methods=["GET"])
    pages.add_url_rule("/<int:id>", view_func=show, methods=["GET"])
    pages.add_url_rule("/<int:id>/values", view_func=bring_in, methods=["POST"])
    pages.add_url_rule("/<int:id>/decide", view_func=decide, methods=["POST"])
    pages.add_url_rule("/<int:id>/<int:result>/<act>", view_func=enter, methods=["POST"])
    return pages


@needs("production.inspection.read")
def overview() -> ResponseReturnValue:
    """The lots that wait."""
    with _house().read(g.actor) as session:
        return render_template(
            "production/lab.html", lots=to_measure(session), stages=STAGES, n=_plain
        )


@needs("production.inspection.read")
def show(id: int) -> ResponseReturnValue:
    """One lot, and the value that comes next."""
    return _page(id)


@needs("production.inspection.write")
def enter(id: int, result: int, act: str) -> ResponseReturnValue:
    """A value was typed, or taken back."""
    service = ACTS.get(act)
    if service is None:
        raise NotFound("inspection", id)
    try:
        _house().run(g.actor, lambda uow: service(uow, id, result))
    except Refused as refusal:
        return _page(id, refusal, result), 409
    at = f"?at={result}" if act == "back" else ""
    return redirect(f"/production/lab/{id}{at}", 303)


@needs("production.inspection.write")
def bring_in(id: int) -> ResponseReturnValue:
    """Values were pasted from a spreadsheet, or came with a file."""
    replace = request.form.get("replace") == "1"
    try:
        table = _table()
        many = _house().run(g.actor, lambda uow: take_over(uow, id, table, replace=replace))
    except (Refused, BadQuery) as refusal:
        return _page(id, refusal), refusal.status
    return redirect(f"/production/lab/{id}?taken={many}", 303)


def _table() -> Table:
    """The file, where one was chosen, else what was pasted."""
    given = request.files.get("file")
    if given is not None and given.filename:
        table = read_table(given.filename, given.read())
    else:
        pasted = request.form.get("pasted", "")
        if not pasted.strip():
            raise Refused(_("Paste the values, or choose a file."))
        table = read_table("pasted.csv", pasted.encode())
    if table.documents is not None:
        raise Refused(_("Measured values come as a table: CSV, or a spreadsheet."))
    return table


@needs("production.inspection.decide")
def decide(id: int) -> ResponseReturnValue:
    """All is there: the lot passes or fails."""
    try:
        _house().run(g.actor, lambda uow: decide_inspections(uow, [id]))
    except Refused as refusal:
        return _page(id, refusal), 409
    return redirect(f"/production/lab/{id}", 303)


def _page(id: int, refusal: DougongError | None = None, at: int | None = None) -> str:
    with _house().read(g.actor) as session:
        inspection = one(session, id)
        if inspection is None:
            raise NotFound("inspection", id)
        lines = [_line(inspection, result) for result in inspection.results]
        chosen = at or whole(request.args.get("at", ""))
        return render_template(
            "production/measure.html",
            lot=inspection,
            lines=lines,
            current=_current(lines, chosen),
            complete=all(line.complete for line in lines),
            state=INSPECTION_STEPS.state(inspection.state),
            stages=STAGES,
            typed=request.form.get("value", "") if refusal else "",
            refusal=refusal,
            rows=refusal.rows if isinstance(refusal, BadRows) else [],
            pasted=request.form.get("pasted", ""),
            taken=whole(request.args.get("taken", "")),
            n=_plain,
            may=g.actor.may,
        )


def _current(lines: list[Line], chosen: int | None) -> Line | None:
    """The characteristic that is entered now: the one chosen, else the first with something missing."""
    if chosen is not None:
        found = next((line for line in lines if line.id == chosen), None)
        if found is not None:
            return found
    return next((line for line in lines if not line.complete), None)


def _line(inspection: Inspection, result: Result) -> Line:
    characteristic = result.characteristic
    values = result.numbers() if characteristic.kind == "numeric" else []
    return Line(
        id=result.id,
        name=characteristic.name,
        kind=characteristic.kind,
        told=characteristic.told,
        method=characteristic.method or "",
        values=tuple((f"{value:f}", characteristic.fits(value)) for value in values),
        bad=result.nonconforming if characteristic.kind != "numeric" else None,
        needed=inspection.sample_size,
    )


def _bad() -> int:
    number = whole(request.form.get("value", "").strip())
    if number is None:
        raise Refused(_("Enter a number."))
    return number


def _plain(number: Decimal) -> str:
    """Without zeros that say nothing."""
    return f"{number.normalize():f}"


def _house() -> Any:
    return current_app.extensions["dougong"].house


ACTS: dict[str, Act] = {
    "add": lambda uow, id, result: add_values(
        uow, id, result, request.form.get("value", "")[:4000]
    ),
    "back": lambda uow, id, result: take_back(uow, id, result),
    "count": lambda uow, id, result: count_bad(uow, id, result, _bad()),
}
