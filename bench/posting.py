"""Entries of four lines into the books, and the trial balance over all of them."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal

from sqlalchemy import func, select

from bench.meter import Result, repeat
from bench.site import DAY, YEAR_START, Site
from dougong_finance.accounts.models import Account
from dougong_finance.entries.models import EntryLine
from dougong_finance.entries.postings import Posting, PostingLine
from dougong_finance.entries.service import post_entries
from dougong_finance.journals.models import Journal
from dougong_finance.reports.trial_balance import trial_balance

LINES = (("6200", "300"), ("5000", "200"), ("1010", "-450"), ("4000", "-50"))
#: How long lines are filled for the trial balance.
SECONDS = 20


def _poster(site: Site, count: int) -> object:
    house = site.runtime.house
    with house.read(site.actor) as session:
        chart = {a.code: a.id for a in session.scalars(select(Account))}
        journal = session.scalar(select(Journal.id).where(Journal.code == "GEN"))
    lines = [PostingLine(chart[code], Decimal(amount)) for code, amount in LINES]
    posting = Posting(
        company_id=site.actor.company_id, journal_id=journal, journal_kind="general",
        dated_on=DAY, text="Rent", lines=lines,
    )  # fmt: skip
    return lambda: house.run(site.actor, lambda uow: post_entries(uow, [posting] * count) and None)


def run(site: Site) -> list[Result]:
    """One by one, and in hundreds."""
    return [
        repeat("post 4-line entry, single", site.meter, 60, _poster(site, 1), warm=5),
        repeat("post 4-line entries, batch of 100", site.meter, 8, _poster(site, 100), each=100),
    ]


def trial(site: Site) -> list[Result]:
    """Fill lines for a while, then ask; the answer must equal the full sum of the lines."""
    post = _poster(site, 500)
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        post()
    house, actor = site.runtime.house, site.actor
    year = {"start": YEAR_START, "end": dt.date(2026, 12, 31)}

    def ask() -> list[object]:
        with house.read(actor) as session:
            return list(trial_balance.ask(session, actor, **year))

    with house.read(actor) as session:
        lines = session.scalar(select(func.count()).select_from(EntryLine))
        rows = session.execute(
            select(Account.code, func.sum(EntryLine.debit), func.sum(EntryLine.credit))
            .join(Account, Account.id == EntryLine.account_id)
            .group_by(Account.code)
        )
        full = {code: (debit, credit) for code, debit, credit in rows}
    told = {line.values["code"]: (line.values["debit"], line.values["credit"]) for line in ask()}
    if told != full:
        raise AssertionError("the trial balance differs from the sum of the lines")
    result = repeat("trial balance", site.meter, 20, ask)
    print(f"{site.database:<11}trial balance over {lines:,} lines, equal to their full sum")
    return [result]
