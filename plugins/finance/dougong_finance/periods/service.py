"""Periods: made when they are first needed, closed, reopened, locked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong_finance.periods.models import FiscalYear, Period, YearClosed
from dougong_finance.periods.months import last_day, month_of, next_month, year_start

if TYPE_CHECKING:
    from dougong import UnitOfWork

#: The month with which a fiscal year begins.
FIRST_MONTH = "finance.first_month"


def make_year(uow: UnitOfWork, company: int, start: dt.date) -> FiscalYear:
    """A fiscal year and its twelve months, all open."""
    first = month_of(start)
    months = [next_month(first, n) for n in range(12)]
    ends = last_day(months[-1])
    year = FiscalYear(
        company_id=company,
        name=str(start.year) if start.month == 1 else f"{start.year}/{ends.year}",
        starts_on=start,
        ends_on=ends,
        periods=[
            Period(
                company_id=company,
                month=month,
                name=f"{month // 100}-{month % 100:02d}",
                starts_on=dt.date(month // 100, month % 100, 1),
                ends_on=last_day(month),
                state="open",
            )
            for month in months
        ],
    )
    uow.add(year)
    return year


def make_periods(uow: UnitOfWork, wanted: Iterable[tuple[int, int]]) -> list[Period]:
    """The periods of these (company, month) pairs; what is missing is made, a year at a time."""
    wanted = sorted(set(wanted))
    first = int(uow.setting(FIRST_MONTH))
    starts = {
        (company, year_start(dt.date(month // 100, month % 100, 1), first))
        for company, month in wanted
    }
    known = {
        (year.company_id, year.starts_on)
        for year in uow.session.scalars(
            select(FiscalYear).where(FiscalYear.company_id.in_({c for c, _ in wanted}))
        )
    }
    for company, start in sorted(starts - known):
        make_year(uow, company, start)
    found = uow.session.scalars(
        select(Period).where(
            Period.company_id.in_({c for c, _ in wanted}), Period.month.in_({m for _, m in wanted})
        )
    )
    return list(found)


def close_periods(uow: UnitOfWork, ids: Sequence[int]) -> list[Period]:
    """Nothing more is posted in these months."""
    uow.require("finance.period.close")
    periods = uow.load(Period, ids, lock=True)
    for period in periods:
        period.close()
    return periods


def reopen_periods(uow: UnitOfWork, ids: Sequence[int]) -> list[Period]:
    """Posting in these months is possible again."""
    uow.require("finance.period.reopen")
    periods = uow.load(Period, ids, Period.year, lock=True)
    for period in periods:
        if period.year.state == "closed":
            raise YearClosed(period.year.name)
        period.reopen()
    return periods


def lock_periods(uow: UnitOfWork, ids: Sequence[int]) -> list[Period]:
    """What was reported for these months stays as it is, for good."""
    uow.require("finance.period.lock")
    periods = uow.load(Period, ids, lock=True)
    for period in periods:
        period.lock()
    return periods
