"""A fiscal year is closed: its result becomes retained earnings, and it can be opened again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, Forbidden, Refused, clock
from dougong.actors import Rights
from dougong_finance.accounts.models import Account
from dougong_finance.balances.queries import net, turnover
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.entries.postings import Posting, PostingLine
from dougong_finance.entries.reversal import reverse_entries
from dougong_finance.entries.service import post_entries
from dougong_finance.journals.models import Journal
from dougong_finance.periods.closing import close_years, reopen_years
from dougong_finance.periods.models import FiscalYear, Period, PeriodClosed
from dougong_finance.periods.service import close_periods, lock_periods, reopen_periods
from dougong_finance.reports.statements import balance_sheet_lines, profit_and_loss_lines

pytestmark = pytest.mark.usefixtures("sound")
FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
ME = Actor.system()


@pytest.fixture
def book(work):
    """Post amounts on accounts named by their codes: ``book("2025-03-04", RENT, -500, BANK, …)``."""
    with work() as uow:
        accounts = {a.code: a.id for a in uow.session.scalars(select(Account))}
        journal = uow.session.scalar(select(Journal.id).where(Journal.code == "GEN"))

    def post(day, *pairs):
        lines = [PostingLine(accounts[code], Decimal(amount)) for code, amount in pairs]
        posting = Posting(
            company_id=1, journal_id=journal, journal_kind="general", lines=lines,
            dated_on=dt.date.fromisoformat(day), text="Business",
        )  # fmt: skip
        with work() as uow:
            ((entry, _items),) = post_entries(uow, [posting])
            return entry.id

    return post


@pytest.fixture
def years(book, work):
    """2024 earned 100; 2025 sold for 900, paid 500 of rent and takes 30 more in February 2026."""
    book("2024-06-01", ("1010", 100), ("4000", -100))
    book("2025-03-04", ("1010", 900), ("4000", -900))
    book("2025-12-31", ("6200", 500), ("1010", -500))
    book("2026-02-01", ("1010", 30), ("4000", -30))
    with work() as uow:
        return {y.name: y.id for y in uow.session.scalars(select(FiscalYear))}


def standing(read, day):
    """What stands on each account at the end of a day, debits positive."""
    with read() as session:
        codes = dict(session.execute(select(Account.id, Account.code)).all())
        sums = turnover(session, 1, None, day)
        return {codes[account]: net(sides) for account, sides in sums.items() if net(sides)}


def told(lines):
    """The sums of a statement by their words."""
    return {line.values["account"]: line.values["amount"] for line in lines}


def test_the_result_becomes_retained_earnings_and_the_next_year_begins_with_it(work, read, years):
    with work() as uow:
        close_years(uow, [years["2025"], years["2024"]])

    assert standing(read, LAST) == {"1010": 500, "3200": -500}
    assert standing(read, dt.date(2026, 2, 28)) == {"1010": 530, "3200": -500, "4000": -30}
    with read() as session:
        year = session.get(FiscalYear, years["2025"])
        entry = session.get(Entry, year.closing_id)
        assert (entry.number, entry.dated_on, entry.debit) == ("GEN-2025-00003", LAST, 900)
        states = session.scalars(select(Period.state).where(Period.year_id == year.id))
        assert (year.state, set(states)) == ("closed", {"closed"})


def test_what_the_year_earned_and_spent_is_still_told_after_it_was_closed(work, read, years):
    with read() as session:
        before = told(profit_and_loss_lines(session, ME, FIRST, LAST))

    with work() as uow:
        close_years(uow, [years["2024"], years["2025"]])

    with read() as session:
        assert told(profit_and_loss_lines(session, ME, FIRST, LAST)) == before
        part = told(profit_and_loss_lines(session, ME, dt.date(2025, 12, 15), LAST))
        sheet = told(balance_sheet_lines(session, ME, LAST))
    assert before["Net profit"] == 400
    assert part["Net profit"] == -500
    assert sheet["Result not yet distributed"] == 0
    assert sheet["Equity"] == sheet["Assets"] == 500


def test_a_reopened_year_is_as_it_was_and_is_closed_anew(work, read, years, book):
    with work() as uow:
        close_years(uow, [years["2024"], years["2025"]])
    with work() as uow:
        reopen_years(uow, [years["2025"]])

    assert standing(read, LAST) == {"1010": 500, "3200": -100, "4000": -900, "6200": 500}
    with read() as session:
        assert told(profit_and_loss_lines(session, ME, FIRST, LAST))["Net profit"] == 400
    with pytest.raises(PeriodClosed):
        book("2025-11-30", ("6200", 10), ("1010", -10))
    book("2025-12-31", ("6200", 10), ("1010", -10))

    with work() as uow:
        close_years(uow, [years["2025"]])
    assert standing(read, LAST) == {"1010": 490, "3200": -490}


def test_years_are_closed_in_order_and_reopened_backwards(work, years):
    with pytest.raises(Refused, match="First comes the fiscal year 2024"), work() as uow:
        close_years(uow, [years["2025"]])
    with work() as uow:
        close_years(uow, [years["2024"], years["2025"]])
    with pytest.raises(Refused, match="First comes the fiscal year 2025"), work() as uow:
        reopen_years(uow, [years["2024"]])


def test_a_year_that_runs_or_has_drafts_is_not_closed(work, years):
    with clock.at(dt.datetime(2025, 12, 31, 12, tzinfo=dt.UTC)):
        with work() as uow:
            close_years(uow, [years["2024"]])
        with pytest.raises(Refused, match="ends on 2025-12-31"), work() as uow:
            close_years(uow, [years["2025"]])

    with work() as uow:
        account = uow.session.scalar(select(Account.id).where(Account.code == "1010"))
        journal = uow.session.scalar(select(Journal.id).where(Journal.code == "GEN"))
        lines = [EntryLine(company_id=1, account_id=account, debit=Decimal(1))]
        uow.add(Entry(journal_id=journal, dated_on=FIRST, lines=lines))
    with pytest.raises(Refused, match="1 entry of 2025 is a draft"), work() as uow:
        close_years(uow, [years["2025"]])


def test_the_months_of_a_closed_year_stay_closed_and_its_entry_is_not_reversed_alone(work, years):
    with work() as uow:
        (year,) = close_years(uow, [years["2024"]])
    with pytest.raises(Refused, match="Reopen the year first"), work() as uow:
        months = uow.session.scalars(select(Period.id).where(Period.year_id == year.id))
        reopen_periods(uow, months.all()[-1:])
    with pytest.raises(Refused, match="Reopen the year instead"), work() as uow:
        reverse_entries(uow, [year.closing_id])


def test_a_month_that_was_closed_before_is_no_hindrance_but_a_locked_one_is(work, years):
    with work() as uow:
        last = uow.session.scalars(select(Period.id).where(Period.month == 202412)).all()
        close_periods(uow, last)
    with work() as uow:
        close_years(uow, [years["2024"]])
    with work() as uow:
        lock_periods(uow, last)
    with pytest.raises(PeriodClosed, match="locked for good"), work() as uow:
        reopen_years(uow, [years["2024"]])


def test_who_may_not_close_a_year_does_not(work, years):
    clerk = Actor(None, "clerk", Rights(["finance.year.read"]), (1,), 1)
    with pytest.raises(Forbidden), work(clerk) as uow:
        close_years(uow, [years["2024"]])
