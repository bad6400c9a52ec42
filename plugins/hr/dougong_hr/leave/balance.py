"""How much leave is left. Plain arithmetic over exact days; no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

ZERO, HALF = Decimal(0), Decimal("0.5")


@dataclass(frozen=True)
class Account:
    """What somebody is entitled to in a year."""

    granted: Decimal
    carried: Decimal = ZERO
    #: What was carried over is lost after this day, unless taken before.
    carried_until: dt.date | None = None
    #: ``monthly`` leave grows by a twelfth at the end of each month; ``yearly`` is there at once.
    accrual: str = "yearly"

    def earned(self, on: dt.date) -> Decimal:
        """How much of the year's leave is there on that day, in half days."""
        if self.accrual != "monthly":
            return self.granted
        months = on.month if _is_last(on) else on.month - 1
        return in_halves(self.granted * months / 12)

    def left(self, taken: Iterable[tuple[dt.date, Decimal]], on: dt.date) -> Decimal:
        """What remains on a day after these days away; what was carried over is taken first."""
        days = list(taken)
        early = sum(
            (part for day, part in days if not self.carried_until or day <= self.carried_until),
            ZERO,
        )
        expired = self.carried_until is not None and on > self.carried_until
        carried = min(self.carried, early) if expired else self.carried
        return self.earned(on) + carried - sum((part for _day, part in days), ZERO)


def carry_over(left: Decimal, most: Decimal) -> Decimal:
    """What goes into the next year of what was left."""
    return max(ZERO, min(left, most))


def pro_rata(days_year: Decimal, joined_on: dt.date | None, year: int) -> Decimal:
    """The part of a year's leave for somebody who joined within it: full months, in half days."""
    if joined_on is None or joined_on.year < year:
        return days_year
    if joined_on.year > year:
        return ZERO
    months = 12 - joined_on.month + (1 if joined_on.day == 1 else 0)
    return in_halves(days_year * months / 12)


def in_halves(days: Decimal) -> Decimal:
    """Whole and half days, rounded down."""
    return (days / HALF).to_integral_value(ROUND_FLOOR) * HALF


def _is_last(on: dt.date) -> bool:
    return (on + dt.timedelta(days=1)).day == 1
