"""Boards of time: the Gantt chart and the calendar's weeks, and moving a document along them."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import g, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dougong.errors import Invalid, NotFound, Refused
from dougong.i18n import _
from dougong.resources import boards, documents, gantts, lists
from dougong.resources.declare import Calendar, Gantt
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources.bulk import reason_of
from dougong.web.resources.common import find, house, key_from, pages, require
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.sight import Sight

#: Days shown, and how wide one is drawn, by zoom.
ZOOMS = {"day": (28, 36), "week": (91, 12), "month": (366, 3)}
ROW, HEAD = 36, 44
FURTHEST = 3660


def chart(session: Session, query: lists.Query, board: Gantt) -> dict[str, Any]:
    """What the page of a Gantt chart draws."""
    zoom = request.args.get("zoom", "")
    zoom = zoom if zoom in ZOOMS else "week"
    days, unit = ZOOMS[zoom]
    first = _first(request.args.get("when", ""), zoom, g.actor.today)
    zone = ZoneInfo(g.actor.timezone)
    lanes, cut_off = gantts.gantt(session, query, board, first, days, zone, g.fmt)
    rows = sum(len(lane.rows) for lane in lanes)
    today = (g.actor.today - first).days
    return {
        "lanes": lanes,
        "cut_off": cut_off,
        "zoom": zoom,
        "unit": unit,
        "width": days * unit,
        "height": HEAD + rows * ROW,
        "row": ROW,
        "head": HEAD,
        "heads": list(_heads(first, days, unit, zoom)),
        "rest": _rest(first, days, unit) if zoom != "month" else [],
        "today": (today + 0.5) * unit if 0 <= today < days else None,
        "now": g.actor.today,
        "first": first,
        "last": first + dt.timedelta(days=days - 1),
        "before": (first - dt.timedelta(days=days // 2)).isoformat(),
        "following": (first + dt.timedelta(days=days // 2)).isoformat(),
        "ties": list(gantts.ties(lanes)),
        "movable": movable(query.sight, board.start, board.end),
        "open": {s.name for s in query.noun.steps.states if s.editable}
        if query.noun.steps
        else None,
        "colours": {s.name: s.colour for s in query.noun.steps.states} if query.noun.steps else {},
        "states": {s.name: s.label for s in query.noun.steps.states} if query.noun.steps else {},
    }


def diary(session: Session, query: lists.Query, board: Calendar) -> dict[str, Any]:
    """What the page of a calendar shows: a month, or with ``zoom=week`` seven days."""
    weekly, today = request.args.get("zoom") == "week", g.actor.today
    if weekly:
        made = boards.week(session, query, board, request.args.get("when", ""), today)
    else:
        made = boards.month(session, query, board, request.args.get("month", ""), today)
    field = query.sight.fields[board.on]
    steps = query.noun.steps
    return made | {
        "weekly": weekly,
        "most": 40 if weekly else 4,
        "movable": movable(query.sight, board.on),
        "fresh": query.sight.create and board.on in query.sight.writable,
        "open": _editable(query),
        "moment": "T09:00" if getattr(field, "timed", False) else "",
        "colours": {s.name: s.colour for s in steps.states} if steps else {},
        "states": {s.name: s.label for s in steps.states} if steps else {},
    }


def movable(sight: Sight, *names: str) -> bool:
    """Whether these eyes may change the dates at all."""
    return sight.write and all(name in sight.writable_own for name in names)


def _first(text: str, zoom: str, today: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
        if not dt.MINYEAR + 20 < day.year < dt.MAXYEAR - 20:
            raise ValueError
        return day
    except ValueError:
        back = {"day": 3, "week": 14, "month": 60}[zoom]
        day = today - dt.timedelta(days=back)
        return day - dt.timedelta(days=day.weekday())


def _heads(first: dt.date, days: int, unit: int, zoom: str) -> Any:
    """The scale: (x, width, text, whether it is the upper line)."""
    at = 0
    while at < days:
        day = first + dt.timedelta(days=at)
        left = calendar.monthrange(day.year, day.month)[1] - day.day + 1
        wide = min(left, days - at)
        if wide * unit > 60:
            yield at * unit, wide * unit, g.fmt.month(day.year * 100 + day.month), True
        at += left
    for at in range(days if zoom != "month" else 0):
        day = first + dt.timedelta(days=at)
        if zoom == "day" or day.weekday() == 0:
            yield at * unit, unit * (1 if zoom == "day" else 7), str(day.day), False


def _rest(first: dt.date, days: int, unit: int) -> list[int]:
    """Where Saturdays begin."""
    return [at * unit for at in range(days) if (first + dt.timedelta(days=at)).weekday() == 5]


@pages.post("/<plugin>/<slug>/<key>/shift")
@signed_in
def shift(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """A bar or a day's entry was moved or made longer by so many days; the usual rules decide."""
    noun, sight = find(plugin, slug)
    require(sight.write, noun, "write")
    kind, at = request.form.get("board", ""), key_from(noun, key)
    board = next((b for b in noun.resource.boards if b.kind == kind), None)
    if not isinstance(board, Gantt | Calendar):
        raise NotFound(_("board"), kind[:40])
    start, end = (board.on, board.on) if isinstance(board, Calendar) else (board.start, board.end)
    if not movable(sight, start, end):
        raise Refused(_("This date is not changed by hand."))
    moved, longer = _days("move"), _days("stretch")

    def act(uow: UnitOfWork) -> None:
        (document,) = documents.load(uow, noun, sight, [at])
        given = {}
        for name, days in ((start, moved), (end, moved + longer)):
            value = getattr(document, sight.fields[name].key)
            if value is not None and days:
                given[name] = value + dt.timedelta(days=days)
        version = request.form.get("version", type=int) or None
        documents.save(uow, noun, sight, given, document=document, version=version)

    try:
        house().run(g.actor, act)
    except (Invalid, Refused) as error:
        return make_response(str(reason_of(error)), int(error.status))
    return "", 204


def _days(name: str) -> int:
    text = request.form.get(name, "0") or "0"
    try:
        days = int(text[:8])
    except ValueError:
        raise Invalid({name: _("Enter a number.")}) from None
    if abs(days) > FURTHEST:
        raise Refused(_("That is too far away."))
    return days


def _editable(query: lists.Query) -> set[str] | None:
    """The states in which a document may be moved; None where it has none."""
    steps = query.noun.steps
    return {state.name for state in steps.states if state.editable} if steps else None
