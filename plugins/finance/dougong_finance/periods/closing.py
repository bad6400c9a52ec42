"""Closing a fiscal year: its result moves to retained earnings; and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dougong import ZERO, Refused, _, ngettext
from dougong_finance.accounts.models import ON_BALANCE_SHEET, Account
from dougong_finance.accounts.uses import account_uses
from dougong_finance.balances.queries import net, turnover
from dougong_finance.entries.models import Entry
from dougong_finance.entries.postings import Posting, PostingLine
from dougong_finance.entries.reversal import take_back
from dougong_finance.entries.service import post_entries
from dougong_finance.journals.queries import journal_for
from dougong_finance.periods.models import FiscalYear

if TYPE_CHECKING:
    import datetime as dt

    from dougong import UnitOfWork


class NotOverYet(Refused):
    """A year that still runs."""

    def __init__(self, year: FiscalYear, last: dt.date) -> None:
        super().__init__(
            _(
                "The fiscal year %(year)s ends on %(day)s. Close it after that day.",
                year=year.name,
                day=last.isoformat(),
            )
        )


class InOrder(Refused):
    """Years are closed one after the other, and reopened the other way round."""

    def __init__(self, first: str) -> None:
        super().__init__(_("First comes the fiscal year %(year)s.", year=first))


class DraftsLeft(Refused):
    """Entries of the year that nobody has posted."""

    def __init__(self, year: str, count: int) -> None:
        super().__init__(
            ngettext(
                "%(number)s entry of %(year)s is a draft. Post or delete it first.",
                "%(number)s entries of %(year)s are drafts. Post or delete them first.",
                count,
                year=year,
            )
        )


def close_years(uow: UnitOfWork, ids: Sequence[int]) -> list[FiscalYear]:
    """Move the result of these years to retained earnings, and close their months."""
    uow.require("finance.year.close")
    years = sorted(uow.load(FiscalYear, ids, FiscalYear.periods, lock=True), key=_order)
    for year in years:
        _may_close(uow, year)
        year.open_last_month()
        posting = _closing(uow, year)
        if posting is not None:
            ((entry, _items),) = post_entries(uow, [posting])
            year.closing_id = entry.id
        year.close()
    return years


def reopen_years(uow: UnitOfWork, ids: Sequence[int]) -> list[FiscalYear]:
    """Take the closing entries of these years back; the last month of each is open again."""
    uow.require("finance.year.reopen")
    years = sorted(
        uow.load(FiscalYear, ids, FiscalYear.periods, lock=True), key=_order, reverse=True
    )
    for year in years:
        _may_reopen(uow, year)
        year.open_last_month()
        if year.closing_id is not None:
            entries = uow.load(Entry, [year.closing_id], Entry.lines, Entry.journal)
            take_back(uow, entries, {}, year.ends_on)
        year.reopen()
    return years


def _order(year: FiscalYear) -> tuple[int, dt.date]:
    return year.company_id, year.starts_on


def _may_close(uow: UnitOfWork, year: FiscalYear) -> None:
    if year.ends_on >= uow.today:
        raise NotOverYet(year, year.ends_on)
    earlier = uow.session.scalar(
        select(func.min(FiscalYear.name)).where(
            FiscalYear.company_id == year.company_id,
            FiscalYear.starts_on < year.starts_on,
            FiscalYear.state == "open",
        )
    )
    if earlier is not None:
        raise InOrder(earlier)
    drafts = uow.session.scalar(
        select(func.count(Entry.id)).where(
            Entry.company_id == year.company_id,
            Entry.state == "draft",
            Entry.dated_on.between(year.starts_on, year.ends_on),
        )
    )
    if drafts:
        raise DraftsLeft(year.name, drafts)


def _may_reopen(uow: UnitOfWork, year: FiscalYear) -> None:
    later = uow.session.scalar(
        select(func.max(FiscalYear.name)).where(
            FiscalYear.company_id == year.company_id,
            FiscalYear.starts_on > year.starts_on,
            FiscalYear.state == "closed",
        )
    )
    if later is not None:
        raise InOrder(later)


def _closing(uow: UnitOfWork, year: FiscalYear) -> Posting | None:
    """Every account of income and expense is emptied; what is left is the result."""
    company = year.company_id
    accounts = uow.session.scalars(
        select(Account.id)
        .where(Account.company_id == company, Account.kind.not_in(ON_BALANCE_SHEET))
        .order_by(Account.code)
    ).all()
    sums = turnover(uow.session, company, None, year.ends_on)
    lines = [
        PostingLine(account, -amount)
        for account in accounts
        if account in sums and (amount := net(sums[account]))
    ]
    if not lines:
        return None
    result = -sum((line.amount for line in lines), ZERO)
    if result:
        lines.append(PostingLine(account_uses(uow).of(company, "result"), result))
    return Posting(
        company_id=company,
        journal_id=journal_for(uow, company, "general"),
        journal_kind="general",
        dated_on=year.ends_on,
        text=str(_("Closing of %(year)s", year=year.name)),
        lines=lines,
        closing=True,
    )
