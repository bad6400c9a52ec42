"""Kanban and calendar: the list's filters in other shapes, a fixed number of statements."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, literal, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from dougong.resources import lists
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import called
from dougong.resources.fields import Choice, Field, Link
from dougong.resources.joins import Joins
from dougong.resources.purses import currency_of, opened, purses

if TYPE_CHECKING:
    from dougong.resources.declare import Calendar, Kanban
    from dougong.resources.formats import Formats

#: Cards a lane shows; the list has the rest.
CARDS = 15
MOST_LANES, MOST_DAYS_ITEMS = 20, 400


def kanban(
    session: Session, query: lists.Query, board: Kanban, fmt: Formats, today: dt.date
) -> list[dict[str, Any]]:
    """The lanes with their counts, sums and first cards."""
    sight = query.sight
    by = sight.fields[board.by]
    total = sight.fields.get(board.sum)
    names = sight.names(board.card or query.noun.columns)
    cards = [sight.fields[n] for n in names if not sight.fields[n].many]
    counted = _count(session, query, by, total)
    drawn = _cards(session, query, board, by, cards, fmt)
    due = _due(session, query, by, board, today) if board.due else {}
    return [
        {
            "key": key,
            "label": label,
            "colour": colour,
            "n": counted.get(key, (0, None))[0],
            "sum": total.show(opened(counted.get(key, (0, 0))[1] or 0), fmt) if total else "",
            "cards": drawn[key],
            "due": due.get(key, ()),
        }
        for key, label, colour in _lanes(session, by)
    ]


def _count(
    session: Session, query: lists.Query, by: Field, total: Field | None
) -> dict[Any, tuple[int, Any]]:
    joins = Joins(query.noun.model)
    lane = joins.column(by)
    summed = func.sum(joins.column(total)) if total else func.count()
    currency = currency_of(query.noun.model, [total])
    parted = [] if currency is None else [currency]
    statement = select(lane, func.count(), summed, *parted).where(*lists.conditions(query, joins))
    found: dict[Any, tuple[int, Any]] = {}
    for key, n, sum_, *code in session.execute(joins.onto(statement.group_by(lane, *parted))):
        before = found.get(key, (0, 0))
        (value,) = purses([total], [sum_], code[0]) if code else [sum_ or 0]
        found[key] = (before[0] + n, before[1] + value)
    return found


def _due(
    session: Session, query: lists.Query, by: Field, board: Kanban, today: dt.date
) -> dict[Any, tuple[int, int, int]]:
    """How many of each lane are overdue, due today and due later, of those that can be."""
    sight, needed = query.sight, [name.partition(".")[0] for name in board.can_be_due]
    if not all(sight.sees(name) for name in (board.due, *needed)):
        return {}
    joins = Joins(query.noun.model)
    lane, on = joins.column(by), joins.column(sight.fields[board.due])
    those = lists.parse(MultiDict(board.can_be_due), sight)
    parts = [
        func.count(case((condition, 1))) for condition in (on < today, on == today, on > today)
    ]
    narrowed = [*lists.conditions(query, joins), *lists.conditions(those, joins)]
    statement = select(lane, *parts).where(*narrowed).group_by(lane)
    rows = session.execute(joins.onto(statement))
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _cards(
    session: Session,
    query: lists.Query,
    board: Kanban,
    by: Field,
    cards: Sequence[Field],
    fmt: Formats,
) -> dict[Any, list[dict[str, Any]]]:
    joins, key = Joins(query.noun.model), key_of(query.noun.model)
    lane, order = joins.column(by), query.sight.fields.get(board.sort.lstrip("-"))
    first = joins.column(order) if order else key
    first = first.desc() if order is None or board.sort.startswith("-") else first.asc()
    rank = func.row_number().over(partition_by=lane, order_by=(first, key)).label("rank")
    picked = [joins.shown(field).label(f"c{i}") for i, field in enumerate(cards)]
    columns = [key.label("id"), lane.label("lane"), rank, *picked]
    inner = joins.onto(select(*columns).where(*lists.conditions(query, joins))).subquery()
    tags = query.noun.beside.get("tags")
    beside = [tags.expression(inner.c, inner)] if tags is not None else []
    statement = (
        select(inner, *beside).where(inner.c.rank <= CARDS).order_by(inner.c.lane, inner.c.rank)
    )
    draw = [str if isinstance(f, Link) else f.cell(fmt) for f in cards]
    draw += [tags.cell(fmt)] if tags is not None else []
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for id_, at, _rank, *values in session.execute(statement):
        cells = ["" if v is None else d(v) for d, v in zip(draw, values, strict=True)]
        found[at].append({"id": id_, "cells": cells})
    return found


def _lanes(session: Session, by: Field) -> list[tuple[Any, str, str]]:
    if isinstance(by, Choice):
        return [(k, str(label), by.colours.get(k, "secondary")) for k, label in by.choices.items()]
    assert isinstance(by, Link)
    key, title = key_of(by.target), getattr(by.target, by.noun.title)
    rows = session.execute(select(key, title).order_by(key).limit(MOST_LANES))
    return [(k, called(text, k), "secondary") for k, text in rows]


def month(
    session: Session, query: lists.Query, board: Calendar, at: str, today: dt.date
) -> dict[str, Any]:
    """A month's documents by day; ``at`` is ``2026-11``, today's month when it is not readable."""
    first = _first_day(at) or today.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return {
        "first": first,
        "last": last,
        "today": today,
        "weeks": weeks,
        # The days of the neighbouring months that are drawn have their documents, too.
        "days": _days(session, query, board, weeks[0][0], weeks[-1][-1]),
        "before": (first - dt.timedelta(days=1)).strftime("%Y-%m"),
        "after": (last + dt.timedelta(days=1)).strftime("%Y-%m"),
    }


def week(
    session: Session, query: lists.Query, board: Calendar, at: str, today: dt.date
) -> dict[str, Any]:
    """The seven days around a day; ``at`` is ``2026-11-29``, today when it is not readable."""
    try:
        day = dt.date.fromisoformat(at)
    except ValueError:
        day = today
    if not dt.MINYEAR < day.year < dt.MAXYEAR:
        day = today
    first = day - dt.timedelta(days=day.weekday())
    days = [first + dt.timedelta(days=n) for n in range(7)]
    return {
        "first": first,
        "last": days[-1],
        "today": today,
        "weeks": [days],
        "days": _days(session, query, board, first, days[-1]),
        "before": (first - dt.timedelta(days=7)).isoformat(),
        "after": (first + dt.timedelta(days=7)).isoformat(),
    }


@dataclass(frozen=True)
class Entry:
    """A document on its day."""

    id: Any
    text: str
    state: str
    version: int


def _days(
    session: Session, query: lists.Query, board: Calendar, first: dt.date, last: dt.date
) -> dict[dt.date, list[Entry]]:
    joins, field = Joins(query.noun.model), query.sight.fields[board.on]
    column = joins.column(field)
    title = joins.column(query.noun.fields[query.noun.title])
    low: Any = first
    high: Any = last + dt.timedelta(days=1)
    if getattr(field, "timed", False):
        low, high = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (low, high))
    where = [*lists.conditions(query, joins), column >= low, column < high]
    model, steps = query.noun.model, query.noun.steps
    state = getattr(model, steps.field) if steps else literal("")
    version = model.version if query.noun.versioned else literal(0)
    statement = select(key_of(model), column, title, state, version).where(*where)
    statement = joins.onto(statement.order_by(column)).limit(MOST_DAYS_ITEMS)
    days: dict[dt.date, list[Entry]] = defaultdict(list)
    for key, day, text, now, seen in session.execute(statement):
        on = day.date() if isinstance(day, dt.datetime) else day
        days[on].append(Entry(key, called(text, key), now, seen))
    return dict(days)


def _first_day(at: str) -> dt.date | None:
    """The first of a month; None outside the years a calendar can turn its pages in."""
    try:
        first = dt.date.fromisoformat(f"{at}-01")
    except ValueError:
        return None
    return first if dt.MINYEAR < first.year < dt.MAXYEAR else None
