"""Months as numbers: 202603 is March 2026."""

from __future__ import annotations

import calendar
import datetime as dt


def month_of(day: dt.date) -> int:
    """The month a day lies in."""
    return day.year * 100 + day.month


def first_day(month: int) -> dt.date:
    """The first day of a month."""
    return dt.date(month // 100, month % 100, 1)


def last_day(month: int) -> dt.date:
    """The last day of a month."""
    year, number = divmod(month, 100)
    return dt.date(year, number, calendar.monthrange(year, number)[1])


def next_month(month: int, steps: int = 1) -> int:
    """So many months later (or earlier)."""
    year, number = divmod(month // 100 * 12 + month % 100 - 1 + steps, 12)
    return year * 100 + number + 1


def year_start(day: dt.date, first: int = 1) -> dt.date:
    """The first day of the fiscal year around a day; ``first`` is the month it begins with."""
    return dt.date(day.year - (day.month < first), first, 1)
