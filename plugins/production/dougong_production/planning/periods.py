"""The periods of a plan: days or weeks from a first day on."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from dougong import Refused, UnitOfWork, _

#: Four years of weeks, or two hundred days.
MOST = 208
SPANS = {"week": 7, "day": 1}
PERIOD_KINDS = {"week": _("Weeks"), "day": _("Days")}


class HorizonTooLong(Refused):
    """So many periods are not planned at once."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _(
                "A plan has between 1 and %(most)s periods, not %(count)s."
                " Choose fewer, or weeks instead of days.",
                most=MOST,
                count=count,
            )
        )


@dataclass(frozen=True, slots=True)
class Periods:
    """So many days or weeks, one after another."""

    start: dt.date
    count: int
    kind: str = "week"

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST:
            raise HorizonTooLong(self.count)

    @property
    def span(self) -> int:
        """How many days a period has."""
        return SPANS[self.kind]

    @property
    def end(self) -> dt.date:
        """The last day of the last period."""
        return self.start + dt.timedelta(days=self.span * self.count - 1)

    def index(self, on: dt.date) -> int:
        """The period a day lies in; what is past belongs to the first."""
        return max(0, (on - self.start).days // self.span)

    def day(self, index: int) -> dt.date:
        """The first day of a period."""
        return self.start + dt.timedelta(days=self.span * index)

    def holds(self, on: dt.date) -> bool:
        """Whether a day is planned; the past counts as now."""
        return on <= self.end

    def lead(self, days: int) -> int:
        """How many periods a lead time takes."""
        return math.ceil(days / self.span)


def first_day(on: dt.date, kind: str) -> dt.date:
    """Where the period begins that a day lies in: weeks begin on Monday."""
    return on - dt.timedelta(days=on.weekday()) if kind == "week" else on


def periods_of(uow: UnitOfWork) -> Periods:
    """The periods that the company's settings ask for, from now on."""
    kind = str(uow.setting("production.plan_period"))
    count = int(uow.setting("production.plan_periods"))
    return Periods(first_day(uow.today, kind), count, kind)
