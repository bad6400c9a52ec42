"""Weeks and months: the periods of a forecast and of the past it is made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dougong import _

BUCKETS = {"week": _("Weeks"), "month": _("Months")}
#: Periods after which demand may repeat itself.
SEASONS = {"week": 52, "month": 12}
WEEK = dt.timedelta(days=7)
#: Weeks in a period, on average.
WEEKS_IN = {"week": 1.0, "month": 365.25 / 12 / 7}


@dataclass(frozen=True, slots=True)
class Periods:
    """So many weeks (from Monday) or months, one after another."""

    start: dt.date
    count: int
    bucket: str = "week"

    @property
    def end(self) -> dt.date:
        """The last day of the last period."""
        return self.day(self.count) - dt.timedelta(days=1)

    @property
    def days(self) -> list[dt.date]:
        """The first day of each period."""
        return [self.day(index) for index in range(self.count)]

    def day(self, index: int) -> dt.date:
        """The first day of a period; of an earlier one where the index is below zero."""
        if self.bucket == "week":
            return self.start + WEEK * index
        months = self.start.year * 12 + self.start.month - 1 + index
        return dt.date(months // 12, months % 12 + 1, 1)

    def index(self, on: dt.date) -> int:
        """The period a day lies in, counted from zero; below zero before the first."""
        if self.bucket == "week":
            return (on - self.start).days // 7
        return (on.year - self.start.year) * 12 + on.month - self.start.month

    def before(self, count: int) -> Periods:
        """So many periods that end where these begin."""
        return Periods(self.day(-count), count, self.bucket)


def first_day(on: dt.date, bucket: str) -> dt.date:
    """Where the period begins that a day lies in."""
    return on - dt.timedelta(days=on.weekday()) if bucket == "week" else on.replace(day=1)


def day_after(start: dt.date, bucket: str) -> dt.date:
    """Where the period ends that begins on this day: the first day of the next."""
    return Periods(start, 1, bucket).day(1)
