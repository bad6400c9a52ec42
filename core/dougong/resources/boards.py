"""Kanban and calendar: the list's filters in other shapes, a fixed number of statements."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong.resources import lists
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import called
from dougong.resources.fields import Choice, Field, Link
from dougong.resources.joins import Joins

if TYPE_CHECKING:
    from dougong.resources.declare import Calendar, Kanban
    from dougong.resources.formats import Formats

#: Cards a lane shows; the list has the rest.
CARDS = 15
MOST_LANES, MOST_DAYS_ITEMS = 20, 400


def kanban(
    session: Session, query: lists.Query, board: Kanban, fmt: Formats
) -> list[dict[str, Any]]:
    """The lanes with their counts, sums and first cards."""
    sight = query.sight
    by = sight.fields[board.by]
    total = sight.fields.get(board.sum)
    names = sight.names(board.card or query.noun.columns)
    cards = [sight.fields[n] for n in names if not sight.fields[n].many]
    counted = _count(session, query, by, total)
    drawn = _cards(session, query, board, by, cards, fmt)
    return [
        {
            "key": key,
            "label": label,
            "colour": colour,
            "n": counted.get(key, (0, None))[0],
            "sum": total.show(counted.get(key, (0, 0))[1] or 0, fmt) if total else "",
            "cards": drawn[key],
        }
        for key, label, colour in _lanes(session, by)
    ]


def _count(
    session: Session, query: lists.Query, by: Field, total: Field | None
) -> dict[Any, tuple[int, Any]]:
    joins = Joins(query.noun.model)
    lane = joins.column(by)
    summed = func.sum(joins.column(total)) if total else func.count()
    statement = select(lane, func.count(), summed).where(*lists.conditions(query, joins))
    rows = session.execute(joins.onto(statement.group_by(lane)))
    return {key: (n, sum_) for key, n, sum_ in rows}


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
    joins, field = Joins(query.noun.model), query.sight.fields[board.on]
    column = joins.column(field)
    title = joins.column(query.noun.fields[query.noun.title])
    low: Any = first
    high: Any = last + dt.timedelta(days=1)
    if getattr(field, "timed", False):
        low, high = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (low, high))
    where = [*lists.conditions(query, joins), column >= low, column < high]
    statement = select(key_of(query.noun.model), column, title).where(*where).order_by(column)
    days: dict[dt.date, list[tuple[Any, str]]] = defaultdict(list)
    for key, day, text in session.execute(joins.onto(statement).limit(MOST_DAYS_ITEMS)):
        on = day.date() if isinstance(day, dt.datetime) else day
        days[on].append((key, called(text, key)))
    return {
        "first": first,
        "today": today,
        "weeks": calendar.Calendar().monthdatescalendar(first.year, first.month),
        "days": dict(days),
        "before": (first - dt.timedelta(days=1)).strftime("%Y-%m"),
        "after": (last + dt.timedelta(days=1)).strftime("%Y-%m"),
    }


def _first_day(at: str) -> dt.date | None:
    """The first of a month; None outside the years a calendar can turn its pages in."""
    try:
        first = dt.date.fromisoformat(f"{at}-01")
    except ValueError:
        return None
    return first if dt.MINYEAR < first.year < dt.MAXYEAR else None
