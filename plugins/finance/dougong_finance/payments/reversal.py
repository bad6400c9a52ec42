"""Reversing a payment that bounced, or was a mistake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong_finance.entries.models import Entry
from dougong_finance.entries.reversal import take_back
from dougong_finance.items.queries import items_of
from dougong_finance.payments.allocating import undo_allocations
from dougong_finance.payments.models import Payment

if TYPE_CHECKING:
    from dougong import UnitOfWork


def reverse_payments(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[Payment]:
    """Take payments back; what they paid is open again."""
    uow.require("finance.payment.reverse")
    payments = uow.load(Payment, ids, lock=True)
    for payment in payments:
        payment.reverse()
    items = items_of(uow, [payment.id for payment in payments], only_open=False)
    undo_allocations(uow, [item for mine in items.values() for item in mine])
    entries = uow.load(
        Entry, [p.entry_id for p in payments if p.entry_id], Entry.lines, Entry.journal
    )
    keys = {p.entry_id: f"payment:{p.id}:reversal" for p in payments if p.entry_id}
    take_back(uow, entries, keys, on or uow.today)
    return payments
