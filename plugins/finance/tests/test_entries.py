"""Entries balance, lie in open months, and stay as they are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, DocumentRef, Forbidden, NotFound, Refused
from dougong_finance.accounts.models import Account
from dougong_finance.entries.books import NotForPosting
from dougong_finance.entries.drafts import post_drafts
from dougong_finance.entries.models import EmptyEntry, Entry, EntryLine, Unbalanced
from dougong_finance.entries.postings import Posting, PostingLine
from dougong_finance.entries.reversal import ReverseTheDocument, reverse_entries
from dougong_finance.entries.service import post_entries
from dougong_finance.journals.models import Journal
from dougong_finance.periods.models import Period, PeriodClosed
from dougong_finance.periods.service import close_periods, lock_periods, reopen_periods

pytestmark = pytest.mark.usefixtures("sound")
DAY = dt.date(2026, 3, 10)


@pytest.fixture
def chart(work):
    """Accounts by code, and the general journal under ``GEN``."""
    with work() as uow:
        found = {a.code: a.id for a in uow.session.scalars(select(Account))}
        found["GEN"] = uow.session.scalar(select(Journal.id).where(Journal.code == "GEN"))
        return found


@pytest.fixture
def posting(chart):
    def make(*lines: tuple[str, str], on: dt.date = DAY, **more) -> Posting:
        return Posting(
            company_id=1, journal_id=chart["GEN"], journal_kind="general", dated_on=on,
            text="Rent", lines=[PostingLine(chart[code], Decimal(amount)) for code, amount in lines],
            **more,
        )  # fmt: skip

    return make


RENT = (("6200", "500"), ("1010", "-500"))


def test_a_posted_entry_has_a_number_of_its_year_and_month(work, posting):
    with work() as uow:
        ((entry, items),) = post_entries(uow, [posting(*RENT, on=dt.date(2025, 12, 31))])
    assert (entry.number, entry.state, entry.month) == ("GEN-2025-00001", "posted", 202512)
    assert items == {}


def test_what_does_not_balance_is_refused_with_the_difference(work, posting):
    with pytest.raises(Unbalanced, match=r"difference is 0\.01"), work() as uow:
        post_entries(uow, [posting(("6200", "500"), ("1010", "-499.99"))])


def test_an_entry_without_amounts_is_refused(work, posting):
    with pytest.raises(EmptyEntry), work() as uow:
        post_entries(uow, [posting(("6200", "0"), ("1010", "0"))])


def test_headings_take_no_amounts(work, posting):
    with pytest.raises(NotForPosting, match="heading"), work() as uow:
        post_entries(uow, [posting(("6", "500"), ("1010", "-500"))])


def test_an_unknown_account_is_refused(work, posting, chart):
    chart["nowhere"] = 999_999
    with pytest.raises(NotFound), work() as uow:
        post_entries(uow, [posting(("nowhere", "500"), ("1010", "-500"))])


def test_one_bad_entry_keeps_the_whole_batch_out(work, read, posting):
    with pytest.raises(Unbalanced), work() as uow:
        post_entries(uow, [posting(*RENT), posting(("6200", "1"), ("1010", "-2"))])
    with read() as session:
        assert session.scalars(select(Entry)).all() == []


def test_a_source_is_booked_once(work, posting):
    with work() as uow:
        post_entries(uow, [posting(*RENT, source_key="rent:march")])
    with pytest.raises(Refused), work() as uow:
        post_entries(uow, [posting(*RENT, source_key="rent:march")])


def test_a_closed_period_takes_no_entries_until_it_is_reopened(work, posting):
    with work() as uow:
        post_entries(uow, [posting(*RENT)])
        march = uow.session.scalar(select(Period.id).where(Period.month == 202603))
    with work() as uow:
        close_periods(uow, [march])
    with pytest.raises(PeriodClosed, match="2026-03"), work() as uow:
        post_entries(uow, [posting(*RENT)])
    with work() as uow:
        post_entries(uow, [posting(*RENT, on=dt.date(2026, 4, 1))])
        reopen_periods(uow, [march])
    with work() as uow:
        post_entries(uow, [posting(*RENT)])


def test_a_locked_period_is_never_opened_again(work, posting):
    with work() as uow:
        post_entries(uow, [posting(*RENT)])
        march = uow.session.scalar(select(Period.id).where(Period.month == 202603))
    with work() as uow:
        close_periods(uow, [march])
    with work() as uow:
        lock_periods(uow, [march])
    with pytest.raises(Refused, match="Locked"), work() as uow:
        reopen_periods(uow, [march])
    with pytest.raises(PeriodClosed, match="for good"), work() as uow:
        post_entries(uow, [posting(*RENT)])


def test_a_reversal_swaps_the_sides_once_and_both_stay(work, read, posting):
    with work() as uow:
        ((entry, _),) = post_entries(uow, [posting(*RENT)])
    with work() as uow:
        (back,) = reverse_entries(uow, [entry.id], on=DAY)
    assert [line.signed for line in back.lines] == [-500, 500]
    with pytest.raises(Refused), work() as uow:
        reverse_entries(uow, [entry.id], on=DAY)
    with read() as session:
        assert session.get(Entry, entry.id).state == "posted"


def test_an_invoices_entry_is_not_reversed_alone(work, posting):
    with work() as uow:
        source = DocumentRef("finance.invoices", 5)
        ((entry, _),) = post_entries(uow, [posting(*RENT, source=source)])
    with pytest.raises(ReverseTheDocument), work() as uow:
        reverse_entries(uow, [entry.id])


def test_a_draft_is_posted_by_those_who_may(work, chart):
    with work() as uow:
        lines = [
            EntryLine(account_id=chart["6200"], debit=Decimal(70)),
            EntryLine(account_id=chart["1100"], credit=Decimal(70)),
        ]
        draft = Entry(journal_id=chart["GEN"], dated_on=DAY, text="By hand", lines=lines)
        uow.add(draft)
    clerk = Actor(7, "Clerk", frozenset({"finance.entry.read"}), (1,), 1)
    with pytest.raises(Forbidden), work(clerk) as uow:
        post_drafts(uow, [draft.id])
    with work() as uow:
        (entry,) = post_drafts(uow, [draft.id])
    assert entry.number == "GEN-2026-00001"


def test_another_companys_entry_is_not_there(work, posting):
    with work() as uow:
        ((entry, _),) = post_entries(uow, [posting(*RENT)])
    with pytest.raises(NotFound), work(Actor.system(company_id=2)) as uow:
        reverse_entries(uow, [entry.id])
