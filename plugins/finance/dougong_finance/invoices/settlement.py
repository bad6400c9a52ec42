"""Invoices and payments follow their open items: what is still open, and paid when nothing is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from dougong import ZERO
from dougong_finance.invoices.facts import paid_event
from dougong_finance.invoices.models import Invoice
from dougong_finance.items.allocation import settle

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong_finance.items.allocation import Spread
    from dougong_finance.items.models import Item


def carry_out(uow: UnitOfWork, plan: Spread, on: dt.date, known: Iterable[Invoice] = ()) -> None:
    """Settle what was planned; the invoices follow. ``known`` are those that are loaded already."""
    settle(uow, plan.settlements, on)
    changes = [(i, s.amount) for s in plan.settlements for i in (s.debit, s.credit)]
    follow(uow, changes, on, known)


def follow(
    uow: UnitOfWork,
    changes: Sequence[tuple[Item, Decimal]],
    on: dt.date,
    known: Iterable[Invoice] = (),
) -> None:
    """Carry settled amounts (negative: opened again) over to the invoices they belong to."""
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for item, amount in changes:
        if item.source_kind == Invoice.__document__ and item.source_id is not None:
            sums[item.source_id] += amount
    held = {invoice.id: invoice for invoice in known if invoice.id in sums}
    held |= {i.id: i for i in uow.load(Invoice, sums.keys() - held.keys())}
    paid = []
    for invoice in held.values():
        was_open = bool(invoice.open)
        if invoice.settle(sums[invoice.id]) and was_open and invoice.state == "paid":
            paid.append(invoice)
    uow.publish([paid_event(invoice, on) for invoice in paid])
