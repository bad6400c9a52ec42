"""Entries that people write by hand: drafted, checked, posted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong_finance.entries.books import open_books
from dougong_finance.entries.models import Entry
from dougong_finance.entries.service import enter
from dougong_finance.periods.months import month_of

if TYPE_CHECKING:
    from dougong import UnitOfWork


def post_drafts(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Entry]:
    """Post entries that were drafted by hand."""
    uow.require("finance.entry.post")
    # The database adds up what is stored when the entry is posted.
    uow.flush()
    entries = uow.load(Entry, ids, Entry.lines, Entry.journal, lock=True)
    for entry in entries:
        entry.dated_on = on or entry.dated_on
    books = open_books(
        uow,
        (line.account_id for entry in entries for line in entry.lines),
        {(entry.company_id, month_of(entry.dated_on)) for entry in entries},
    )
    enter(uow, entries, [entry.journal.kind for entry in entries], books)
    return entries
