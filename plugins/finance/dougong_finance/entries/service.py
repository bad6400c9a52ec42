"""Posting: entries are written for good, and the balances beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dougong_finance.balances.models import Balance
from dougong_finance.entries.books import Books, open_books
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.items.models import Item
from dougong_finance.periods.months import month_of

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong_finance.entries.postings import Posting, PostingLine

#: The number series of each kind of journal.
SERIES = {
    "general": "finance-general",
    "sales": "finance-sales",
    "purchase": "finance-purchase",
    "bank": "finance-bank",
    "cash": "finance-cash",
    "stock": "finance-stock",
}
_MAY = ("party_id", "due_on", "tax_id", "tax_base", "currency", "currency_amount")
KEY = ("company_id", "account_id", "month")


class Posted(NamedTuple):
    """An entry in the books, and what it leaves open, by line."""

    entry: Entry
    items: dict[int, Item]


def post_entries(uow: UnitOfWork, postings: Sequence[Posting]) -> list[Posted]:
    """Write entries for good; each balances, lies in an open month, and gets its number."""
    if not postings:
        return []
    books = open_books(
        uow,
        (line.account_id for posting in postings for line in posting.lines),
        {(posting.company_id, month_of(posting.dated_on)) for posting in postings},
    )
    entries = [_entry(posting) for posting in postings]
    settled = {
        id(line)
        for entry, posting in zip(entries, postings, strict=True)
        for line, said in zip(entry.lines, posting.lines, strict=True)
        if said.settled
    }
    uow.add(*entries)
    kinds = [posting.journal_kind for posting in postings]
    posted = enter(uow, entries, kinds, books, settled)
    for entry, posting in zip(entries, postings, strict=True):
        if posting.source is not None:
            uow.link(posting.source, entry, "entry")
    return posted


def enter(
    uow: UnitOfWork,
    entries: Sequence[Entry],
    kinds: Iterable[str],
    books: Books,
    settled: Collection[int] = (),
) -> list[Posted]:
    """Post added entries or drafts: numbers, open items and balances with them."""
    posted = []
    for entry, kind in zip(entries, kinds, strict=True):
        entry.post()
        items = {}
        for line in entry.lines:
            opens = line.account_id in books.reconciled and id(line) not in settled
            if opens and (line.debit or line.credit):
                items[line.id] = _item(entry, line, books.currency[entry.company_id])
            key = (entry.company_id, line.account_id, entry.month)
            uow.accumulate(
                Balance, dict(zip(KEY, key, strict=True)), debit=line.debit, credit=line.credit
            )
        uow.add(*items.values())
        uow.number(entry, SERIES[kind], on=entry.dated_on)
        posted.append(Posted(entry, items))
    return posted


def _entry(posting: Posting) -> Entry:
    kind, id = posting.source or (None, None)
    return Entry(
        company_id=posting.company_id,
        journal_id=posting.journal_id,
        dated_on=posting.dated_on,
        text=posting.text[:300],
        state="draft",
        source_kind=kind,
        source_id=id,
        source_key=posting.source_key,
        reverses_id=posting.reverses_id,
        closing=posting.closing,
        lines=[_line(posting, line) for line in posting.lines],
    )


def _line(posting: Posting, line: PostingLine) -> EntryLine:
    """The row of a line; what is not said is not set, since each attribute of a row costs."""
    amount = line.amount
    said = {name: value for name in _MAY if (value := getattr(line, name)) is not None}
    said["debit" if amount >= 0 else "credit"] = abs(amount)
    if text := line.text or posting.text:
        said["text"] = text[:300]
    return EntryLine(company_id=posting.company_id, account_id=line.account_id, **said)


def _item(entry: Entry, line: EntryLine, company_currency: str) -> Item:
    booked = line.debit or line.credit
    total = booked if line.currency_amount is None else abs(line.currency_amount)
    return Item(
        line_id=line.id,
        company_id=entry.company_id,
        account_id=line.account_id,
        party_id=line.party_id,
        source_kind=entry.source_kind,
        source_id=entry.source_id,
        side="debit" if line.debit else "credit",
        dated_on=entry.dated_on,
        due_on=line.due_on or entry.dated_on,
        currency=line.currency or company_currency,
        total=total,
        open=total,
        booked=booked,
        booked_open=booked,
    )
