"""Spans of days that move with the calendar: this month, the last 30 days, before today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, true

from dougong import clock
from dougong.i18n import Text, _

Span = tuple[dt.date | None, dt.date | None]

#: The words of URL, saved view and API, with what people call them.
PERIODS: dict[str, Text] = {
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "tomorrow": _("Tomorrow"),
    "this-week": _("This week"),
    "last-week": _("Last week"),
    "next-week": _("Next week"),
    "this-month": _("This month"),
    "last-month": _("Last month"),
    "next-month": _("Next month"),
    "this-quarter": _("This quarter"),
    "last-quarter": _("Last quarter"),
    "this-year": _("This year"),
    "last-year": _("Last year"),
    "last-7-days": _("Last 7 days"),
    "last-30-days": _("Last 30 days"),
    "last-90-days": _("Last 90 days"),
    "next-7-days": _("Next 7 days"),
    "next-30-days": _("Next 30 days"),
    "past": _("Before today"),
    "future": _("After today"),
}


def span(name: str, today: dt.date) -> Span:
    """The first and the last day of a period; None where it is open."""
    where, _dash, rest = name.partition("-")
    if name in ("past", "future"):
        day = dt.timedelta(days=1)
        return (None, today - day) if name == "past" else (today + day, None)
    if rest.endswith("-days"):
        away = dt.timedelta(days=int(rest.partition("-")[0]))
        # Today counts: the last 7 days are today and the six before.
        one = dt.timedelta(days=1)
        return (today - away + one, today) if where == "last" else (today, today + away - one)
    if not rest:
        only = today + dt.timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[where])
        return only, only
    shift = {"last": -1, "this": 0, "next": 1}[where]
    return _UNITS[rest](today, shift)


def before(name: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The stretch that a period is compared with; None where it is open at an end.

    A period that is still running is compared with as many days of the one before: on the 10th,
    this month with the 1st to the 10th of last month.
    """
    first, last = span(name, today)
    if first is None or last is None:
        return None
    where, _dash, rest = name.partition("-")
    if rest not in _UNITS:
        length = last - first + dt.timedelta(days=1)
        return first - length, last - length
    shift = {"last": -2, "this": -1, "next": 0}[where]
    begin, end = _UNITS[rest](today, shift)
    assert begin is not None
    assert end is not None
    return begin, min(end, begin + (today - first)) if where == "this" else end


def _week(today: dt.date, shift: int) -> Span:
    monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=shift)
    return monday, monday + dt.timedelta(days=6)


def _months(today: dt.date, first: int, many: int) -> Span:
    """``many`` months from the one ``first`` counted from the year's January."""
    year, month = divmod(today.year * 12 + first, 12)
    after_year, after = divmod(today.year * 12 + first + many, 12)
    last = dt.date(after_year, after + 1, 1) - dt.timedelta(days=1)
    return dt.date(year, month + 1, 1), last


_UNITS: dict[str, Callable[[dt.date, int], Span]] = {
    "week": _week,
    "month": lambda today, shift: _months(today, today.month - 1 + shift, 1),
    "quarter": lambda today, shift: _months(today, ((today.month - 1) // 3 + shift) * 3, 3),
    "year": lambda today, shift: _months(today, shift * 12, 12),
}


def during(timed: bool) -> Callable[[Any, str], Any]:
    """The operator: a day, or a moment, inside the period as it is for whoever asks."""
    return lambda column, name: within(column, span(name, clock.today()), timed)


def within(column: Any, days: Span, timed: bool) -> Any:
    """The condition that a day, or a moment, is from the first to the last of these days."""
    first, last = days
    if timed:
        low: Any = first and _midnight(first)
        high: Any = last and _midnight(last + dt.timedelta(days=1))
        after = column < high if last else true()
    else:
        low, after = first, column <= last if last else true()
    return and_(column >= low if first else true(), after)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.zone()).astimezone(dt.UTC)
