"""Counting working days fast: one look a day, however many holidays a calendar has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dougong_base import Calendar

#: Monday to Friday, where nobody chose a calendar.
USUAL = (True, True, True, True, True, False, False)
DAY = dt.timedelta(days=1)


class Workdays:
    """Which days are worked by a calendar; public holidays are free, make-up days are not."""

    def __init__(self, calendar: Calendar | None = None) -> None:
        self.week = calendar.week if calendar else USUAL
        self.special = {h.on: bool(h.worked) for h in calendar.holidays} if calendar else {}

    def __contains__(self, day: dt.date) -> bool:
        return self.special.get(day, self.week[day.weekday()])

    def between(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """The working days from the first to the last, both included."""
        return [day for day in days(first, last) if day in self]

    @property
    def days_a_week(self) -> int:
        """How many days of an ordinary week are worked."""
        return sum(self.week)


def days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every day from the first to the last, both included."""
    while first <= last:
        yield first
        first += DAY


def month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the month."""
    first = day.replace(day=1)
    return first, (first + dt.timedelta(days=32)).replace(day=1) - DAY


def same_day_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    _first, last = month_of(dt.date(year, month + 1, 1))
    return last.replace(day=min(day.day, last.day))


def months_later(day: dt.date, months: int) -> dt.date:
    """The last day of so many months that begin with this one."""
    return same_day_later(day, months) - DAY
