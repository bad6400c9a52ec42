"""Invoices of what was paid on the spot: paid when both the money and the invoice are in the books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from dougong_finance.invoices.settlement import carry_out
from dougong_finance.items.allocation import Spread
from dougong_finance.items.models import Item
from dougong_finance.items.queries import items_of

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong_finance.invoices.models import Invoice


def pay_or_keep(
    uow: UnitOfWork, pairs: Iterable[tuple[Item, Sequence[Invoice]]], on: dt.date
) -> None:
    """Pay posted invoices with what was taken; drafts remember it until they are posted."""
    pairs = [(item, invoices) for item, invoices in pairs if invoices]
    posted = {i.id: i for _item, invoices in pairs for i in invoices if i.state != "draft"}
    opened = items_of(uow, posted) if posted else {}
    plan = Spread()
    for item, invoices in pairs:
        for invoice in invoices:
            if invoice.state == "draft":
                invoice.taken_id = item.id
            else:
                _plan(plan, item, opened.get(invoice.id, []))
    if plan.settlements:
        carry_out(uow, plan, on, posted.values())


def pay_with_takings(
    uow: UnitOfWork, invoices: Sequence[Invoice], left: Sequence[Mapping[int, Item]]
) -> None:
    """Invoices that were just posted are paid with what was taken for them."""
    taken = {invoice.taken_id for invoice in invoices if invoice.taken_id}
    if not taken:
        return
    items = {item.id: item for item in uow.load(Item, sorted(taken), lock=True)}
    plan = Spread()
    for invoice, opened in zip(invoices, left, strict=True):
        if invoice.taken_id:
            _plan(plan, items[invoice.taken_id], list(opened.values()))
    if plan.settlements:
        carry_out(uow, plan, max(i.issued_on for i in invoices), invoices)


def _plan(plan: Spread, item: Item, others: Sequence[Item]) -> None:
    fit = [
        other
        for other in others
        if other.side != item.side
        and (other.account_id, other.party_id, other.currency)
        == (item.account_id, item.party_id, item.currency)
    ]
    plan.over([item], fit, plan.left([item]))
