"""What was posted to accounts between two days: whole months from the balances, the rest from lines."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from dougong import ZERO
from dougong_finance.balances.models import Balance
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.periods.models import FiscalYear
from dougong_finance.periods.months import first_day, last_day, month_of, next_month

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Sides = tuple[Decimal, Decimal]
NOTHING: Sides = (ZERO, ZERO)


def turnover(
    session: Session, company: int, start: dt.date | None, end: dt.date
) -> dict[int, Sides]:
    """Debits and credits of each account from ``start`` (the beginning) to ``end``, both included."""
    sums: dict[int, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for statement in _statements(company, start, end):
        for account, debit, credit in session.execute(statement):
            sums[account][0] += debit
            sums[account][1] += credit
    return {account: (debit, credit) for account, (debit, credit) in sums.items()}


def earned(session: Session, company: int, start: dt.date, end: dt.date) -> dict[int, Sides]:
    """The same without closing entries: what a year has earned and spent stays to be told."""
    sums = turnover(session, company, start, end)
    closing = (
        select(EntryLine.account_id, func.sum(EntryLine.debit), func.sum(EntryLine.credit))
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(
            Entry.company_id == company,
            Entry.closing,
            Entry.state == "posted",
            Entry.dated_on.between(start, end),
        )
        .group_by(EntryLine.account_id)
    )
    for account, debit, credit in session.execute(closing):
        known = sums.get(account, NOTHING)
        sums[account] = (known[0] - debit, known[1] - credit)
    return sums


def net(sides: Sides) -> Decimal:
    """Debit less credit."""
    return sides[0] - sides[1]


def year_around(session: Session, company: int, day: dt.date) -> dt.date:
    """The first day of the fiscal year around a day; the calendar year where none was made."""
    found = session.scalar(
        select(FiscalYear.starts_on).where(
            FiscalYear.company_id == company, FiscalYear.starts_on <= day, FiscalYear.ends_on >= day
        )
    )
    return found or dt.date(day.year, 1, 1)


def _statements(company: int, start: dt.date | None, end: dt.date) -> list[Any]:
    """One statement over the balances, and one over the days of months that are not whole."""
    first = month_of(start) if start else 0
    last = month_of(end)
    loose: list[tuple[dt.date, dt.date]] = []
    if start and start.day > 1:
        loose.append((start, min(end, last_day(first))))
        first = next_month(first)
    if last >= first and end != last_day(last):
        loose.append((max(start or dt.date.min, first_day(last)), end))
        last = next_month(last, -1)
    statements = []
    if last >= first:
        statements.append(
            select(Balance.account_id, func.sum(Balance.debit), func.sum(Balance.credit))
            .where(Balance.company_id == company, Balance.month.between(first, last))
            .group_by(Balance.account_id)
        )
    statements += [
        select(EntryLine.account_id, func.sum(EntryLine.debit), func.sum(EntryLine.credit))
        .where(
            and_(EntryLine.company_id == company, EntryLine.posted),
            EntryLine.dated_on.between(from_, to),
        )
        .group_by(EntryLine.account_id)
        for from_, to in loose
    ]
    return statements
