"""Taking an entry back: a second entry with the sides swapped; both stay in the books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dougong import Refused, _, ref
from dougong_finance.entries.models import Entry
from dougong_finance.entries.postings import Posting, PostingLine, swapped
from dougong_finance.entries.service import post_entries
from dougong_finance.items.allocation import Settlement, settle
from dougong_finance.items.queries import items_of_lines

if TYPE_CHECKING:
    from dougong import UnitOfWork

#: Documents that are taken back as a whole, never their entry alone.
OWN_REVERSAL = {"finance.invoices", "finance.payments"}


class NotYetPosted(Refused):
    """A draft is changed or deleted, not reversed."""

    def __init__(self) -> None:
        super().__init__(_("Only posted entries are reversed; change or delete the draft."))


class ReverseTheDocument(Refused):
    """The entry belongs to an invoice or payment."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(
            _(
                "Entry %(number)s belongs to an invoice or a payment. Reverse that instead.",
                number=entry.number,
            )
        )


class ReopenTheYear(Refused):
    """The entry closes a fiscal year."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(
            _(
                "Entry %(number)s belongs to the closing of a fiscal year. Reopen the year instead.",
                number=entry.number,
            )
        )


class PartlySettled(Refused):
    """Some of it has been paid or matched."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(
            _(
                "Entry %(number)s is settled with others. Take the allocation back first.",
                number=entry.number,
            )
        )


def reverse_entries(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None, text: str = ""
) -> list[Entry]:
    """Take posted entries back, on their own date or another; each once."""
    uow.require("finance.entry.reverse")
    entries = uow.load(Entry, ids, Entry.lines, Entry.journal)
    for entry in entries:
        if entry.source_kind in OWN_REVERSAL:
            raise ReverseTheDocument(entry)
        if entry.closing:
            raise ReopenTheYear(entry)
    return take_back(uow, entries, {}, on or uow.today, text)


def take_back(
    uow: UnitOfWork,
    entries: Sequence[Entry],
    keys: Mapping[int, str],
    on: dt.date,
    text: str = "",
) -> list[Entry]:
    """Post the reversals of loaded entries, and match their open items with the originals'."""
    for entry in entries:
        if entry.state != "posted":
            raise NotYetPosted
    lines = [line for entry in entries for line in entry.lines]
    items = items_of_lines(uow, [line.id for line in lines])
    for entry in entries:
        if any(i.open != i.total for line in entry.lines if (i := items.get(line.id))):
            raise PartlySettled(entry)
    postings = [_reversal(entry, keys.get(entry.id), on, text) for entry in entries]
    pairs, reversals = [], []
    for entry, (reversal, opened) in zip(entries, post_entries(uow, postings), strict=True):
        uow.link(ref(entry), reversal, "reversal")
        reversals.append(reversal)
        for line, back in zip(entry.lines, reversal.lines, strict=True):
            item = items.get(line.id)
            if item is not None and back.id in opened:
                pairs.append(Settlement.between(item, opened[back.id], item.open))
    settle(uow, pairs, on)
    return reversals


def _reversal(entry: Entry, key: str | None, on: dt.date, text: str) -> Posting:
    lines = [
        PostingLine(
            line.account_id,
            line.signed,
            line.party_id,
            line.text,
            line.due_on,
            line.tax_id,
            line.tax_base,
            line.currency,
            line.currency_amount,
        )
        for line in entry.lines
    ]
    return Posting(
        company_id=entry.company_id,
        journal_id=entry.journal_id,
        journal_kind=entry.journal.kind,
        dated_on=on,
        text=text or str(_("Reversal of %(number)s", number=entry.number)),
        lines=swapped(lines),
        source=entry.source,
        source_key=key,
        reverses_id=entry.id,
        closing=entry.closing,
    )
