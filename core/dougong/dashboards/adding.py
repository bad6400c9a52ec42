"""From where people are onto a dashboard: a list, a graph, a report, or a widget."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from dougong.dashboards import service
from dougong.dashboards.drawing import charted, report_measures
from dougong.dashboards.figures import measured, measures
from dougong.dashboards.models import KINDS, SOURCES
from dougong.dashboards.queries import changeable, row_of
from dougong.dashboards.sources import arguments, found, kept_query, needs
from dougong.errors import BadQuery, Invalid, NotFound
from dougong.i18n import _
from dougong.keys import whole
from dougong.reports.parameters import chosen, defaults
from dougong.resources import lists, pivots
from dougong.unit_of_work import UnitOfWork
from dougong.web.charts import SHAPES
from dougong.web.resources.common import go
from dougong.web.resources.pivoting import axis_words
from dougong.web.rights import signed_in

pages = Blueprint("dashboards_adding", __name__, url_prefix="/core/dashboards")
#: Letters of an address that a card keeps.
LONGEST = 2000


@pages.get("/add")
@signed_in
def ask() -> str:
    """The dialog: which dashboard, what it is called, how it is shown, what is summed."""
    source, target, thing = _source(request.args)
    query = _kept(request.args.get("query", ""), source, thing)
    with _runtime().house.read(g.actor) as session:
        boards = changeable(session, g.actor)
    board = dict(parse_qsl(request.args.get("query", "").removeprefix("?"))).get("board", "")
    facts: dict[str, Any] = {
        "kinds": _kinds(source, thing),
        "axes": [],
        "shape": "bar",
        "grouped": "",
    }
    args = arguments(query)
    if source == "list":
        sight = thing.sight(g.actor.rights)
        facts["measures"] = measures(sight)
        facts["axes"] = [(by, axis_words(sight, by)) for by in _axes(sight)]
        facts["grouped"] = (args.getlist("rows") or args.getlist("group") or [""])[0]
        facts["shape"] = args.get("show") if args.get("show") in SHAPES else "bar"
    else:
        facts["measures"] = report_measures(thing) if source == "report" else []
    wanted = "chart" if board in ("graph", "pivot") else "number"
    facts["kind"] = wanted if wanted in facts["kinds"] else facts["kinds"][-1]
    facts["measure"] = _measure(thing, args, facts["kind"]) if source == "list" else ""
    board_id = whole(request.args.get("to", ""))
    return render_template(
        "dashboards/_add.html", boards=boards, source=source, target=target, query=query,
        title=str(thing.label), board_id=board_id, **facts,
    )  # fmt: skip


@pages.get("/<int:id>/widgets")
@signed_in
def widgets(id: int) -> str:
    """The ready cards of the modules that this person may see, for a dashboard that they see."""
    with _runtime().house.read(g.actor) as session:
        if row_of(session, g.actor, str(id)) is None:
            raise NotFound(_("dashboard"), id)
    mine = [w for w in _runtime().wiring.widgets if not w.needs or g.actor.may(w.needs)]
    ready = sorted(((str(w.label), w.name) for w in mine), key=lambda pair: pair[0])
    return render_template("dashboards/_widgets.html", ready=ready, id=id)


@pages.post("/add")
@signed_in
def add() -> ResponseReturnValue:
    """Put the card on the dashboard; the page it came from stays."""
    values = card_values(request.form)
    board, name = whole(request.form.get("dashboard", "")), request.form.get("new", "")[:200]

    def act(uow: UnitOfWork) -> tuple[int, str]:
        if board is not None:
            key = board
        else:
            key = service.make_dashboard(uow, name.replace("\x00", "")).id
            uow.flush()
        service.add_card(uow, key, values)
        return key, dict(changeable(uow.session, uow.actor))[key]

    key, called = _runtime().house.run(g.actor, act)
    if "HX-Request" not in request.headers or request.form.get("stay") != "1":
        return go(f"/core/dashboards/{key}?saved=1")
    answer = make_response(render_template("dashboards/_added.html", key=key, called=called))
    answer.headers["HX-Trigger"] = "dougong:done"
    return answer


def _measure(noun: Any, args: Any, kind: str) -> str:
    """What the graph sums now; a number counts records when nothing was chosen."""
    sight = noun.sight(g.actor.rights)
    if "sum" in args:
        return "" if args["sum"] == pivots.RECORDS else str(args["sum"])
    return str(pivots.choices(sight, pivots.declared(sight))[1][0]) if kind == "chart" else ""


def card_values(form: Any) -> dict[str, Any]:
    """A card that can be asked for, from what was sent."""
    source, target, thing = _source(form)
    kind, measure = form.get("kind", ""), form.get("measure", "")[:120]
    title = form.get("title", "").replace("\x00", "")
    if source == "widget":
        # A ready card has one way to be shown, and its own name.
        kind, title = _kinds(source, thing)[0], title or str(thing.label)
    if kind not in _kinds(source, thing):
        raise Invalid({"kind": _("Choose a number, a chart or rows.")})
    query = _kept(form.get("query", ""), source, thing)
    if source == "list":
        query = _shaped(query, kind, form, thing, measure)
    elif source == "report" and kind != "rows":
        if measure not in dict(report_measures(thing)):
            raise BadQuery(_("This report has no figure %(name)s.", name=measure[:60]))
    else:
        measure = ""
    return {
        "kind": kind, "source": source, "target": target, "query": query, "measure": measure,
        "title": title,
    }  # fmt: skip


def _shaped(query: str, kind: str, form: Any, noun: Any, measure: str) -> str:
    """The query of a list with the shape of its chart; raises `BadQuery` for what is not offered."""
    sight = noun.sight(g.actor.rights)
    measured(sight, measure)
    args = arguments(query, without={"sum"})
    if kind != "chart":
        for name in ("rows", "cols", "show", "group"):
            args.poplist(name)
        return urlencode(list(args.items(multi=True)))
    if form.get("by"):
        args.setlist("rows", [form["by"][:120]])
    if form.get("shape") in SHAPES:
        args["show"] = form["shape"]
    charted(sight, args, measure)
    return urlencode(list(args.items(multi=True)))


def _source(given: Any) -> tuple[str, str, Any]:
    """What is to be shown; raises `NotFound` and `Forbidden`."""
    source, target = given.get("source", ""), given.get("target", "")[:80]
    thing = found(_runtime(), source, target) if source in SOURCES else None
    if thing is None:
        raise NotFound(_("source"), target)
    if right := needs(source, thing):
        g.actor.require(right)
    return source, target, thing


def _kept(query: str, source: str, thing: Any) -> str:
    """The part of the address that a card keeps, read once as its source reads it."""
    query = kept_query(query)
    if len(query) > LONGEST:
        raise BadQuery(_("This filter is too long for a card; make it shorter."))
    if source == "list":
        lists.parse(arguments(query), thing.sight(g.actor.rights))
    elif source == "report":
        return _moving(query, thing)
    return query


def _moving(query: str, report: Any) -> str:
    """The parameters that differ from what is chosen when nobody chooses: those move with the day."""
    given = dict(parse_qsl(query))
    values, usual = chosen(report, given, g.actor), defaults(report, g.actor)
    return urlencode({name: said for name, said in given.items() if values[name] != usual[name]})


def _kinds(source: str, thing: Any) -> list[str]:
    """How a source can be shown."""
    if source == "widget":
        return ["rows" if thing.kind == "list" else thing.kind]
    if source == "report":
        return list(KINDS) if report_measures(thing) else ["rows"]
    return [k for k in KINDS if k != "chart" or _axes(thing.sight(g.actor.rights))]


def _axes(sight: Any) -> list[str]:
    return pivots.choices(sight, pivots.declared(sight))[0]


def _runtime() -> Any:
    return current_app.extensions["dougong"]
