"""Documents as bars of a calendar: from when to when, lane by lane; one statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from dougong.resources import lists
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import called
from dougong.resources.fields import Choice, Field, Link
from dougong.resources.joins import Joins

if TYPE_CHECKING:
    from dougong.resources.declare import Gantt
    from dougong.resources.formats import Formats

MOST_BARS = 400


@dataclass(frozen=True)
class Bar:
    """One document: where it begins and ends in days since the first one shown."""

    id: Any
    title: str
    start: dt.date | dt.datetime
    end: dt.date | dt.datetime
    #: Days, and parts of days for moments; the end is beyond the last day.
    left: float
    right: float
    state: str
    version: int
    after: Any = None


@dataclass
class Lane:
    """The documents of one value of ``by``, in as many rows as keep them apart."""

    key: Any
    title: str
    rows: list[list[Bar]] = field(default_factory=list)


def gantt(
    session: Session,
    query: lists.Query,
    board: Gantt,
    first: dt.date,
    days: int,
    zone: ZoneInfo,
    fmt: Formats,
) -> tuple[list[Lane], bool]:
    """The lanes of a stretch of days, and whether there was more than is shown."""
    sight, joins = query.sight, Joins(query.noun.model)
    start, end = sight.fields[board.start], sight.fields[board.end]
    own, begins = key_of(query.noun.model), joins.column(start)
    ends = func.coalesce(joins.column(end), begins)
    by = sight.fields.get(board.by) if board.by and sight.sees(board.by) else None
    lane = joins.column(by) if by else literal(None)
    lane_title = joins.title(by) if isinstance(by, Link) else lane
    title = joins.shown(sight.fields[query.noun.title])
    steps, after = query.noun.steps, sight.fields.get(board.after) if board.after else None
    columns = [
        own, title, begins, ends, lane, lane_title,
        getattr(query.noun.model, steps.field) if steps else literal(""),
        query.noun.model.version if query.noun.versioned else literal(0),
        joins.column(after) if after else literal(None),
    ]  # fmt: skip
    where = [
        *lists.conditions(query, joins),
        begins < _edge(first + dt.timedelta(days=days), start, zone),
        ends >= _edge(first, end, zone),
    ]
    statement = joins.onto(select(*columns).where(*where))
    order = (lane_title, begins, own) if by else (begins, own)
    found = session.execute(statement.order_by(*order).limit(MOST_BARS + 1)).all()
    lanes: dict[Any, Lane] = {}
    names = sight.fields[query.noun.title]
    for row in found[:MOST_BARS]:
        key = row[4] if by else row[0]
        name = _lane_name(by, row) if by else called(row[1], row[0])
        bar = _bar(row, names.show(row[1], fmt) or called(None, row[0]), first, zone)
        _place(lanes.setdefault(key, Lane(key, name)), bar)
    return list(lanes.values()), len(found) > MOST_BARS


def _lane_name(by: Field, row: Any) -> str:
    if row[4] is None:
        return "—"
    return str(by.choices.get(row[4], row[4])) if isinstance(by, Choice) else called(row[5], row[4])


def _bar(row: Any, title: str, first: dt.date, zone: ZoneInfo) -> Bar:
    start, end = row[2], max(row[2], row[3])
    left = _since(first, start, zone)
    right = _since(first, end, zone) + (0 if isinstance(end, dt.datetime) else 1)
    return Bar(row[0], title, start, end, left, max(right, left + 0.1), *row[6:])


def _place(lane: Lane, bar: Bar) -> None:
    """Into the first row of its lane where it touches no other."""
    for row in lane.rows:
        if row[-1].right <= bar.left:
            row.append(bar)
            return
    lane.rows.append([bar])


def _edge(day: dt.date, field_: Field, zone: ZoneInfo) -> Any:
    if not getattr(field_, "timed", False):
        return day
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)


def _since(first: dt.date, at: dt.date | dt.datetime, zone: ZoneInfo) -> float:
    if not isinstance(at, dt.datetime):
        return (at - first).days
    local = at.astimezone(zone)
    seconds = local.hour * 3600 + local.minute * 60 + local.second
    return (local.date() - first).days + seconds / 86400


def ties(lanes: list[Lane]) -> Iterator[tuple[Bar, int, Bar, int]]:
    """Each bar that waits for another: the earlier, its row, the later, its row."""
    rows = [row for lane in lanes for row in lane.rows]
    known = {bar.id: (bar, at) for at, row in enumerate(rows) for bar in row}
    for bar, at in known.values():
        if bar.after in known:
            yield (*known[bar.after], bar, at)
