"""Which invoices a payment pays: at once, later, the oldest first, and undone again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from dougong import ZERO, Refused, _
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.settlement import carry_out, follow
from dougong_finance.items.allocation import Spread, unsettle
from dougong_finance.items.models import Allocation, Item, TooMuch
from dougong_finance.items.queries import items_of
from dougong_finance.payments.models import Payment

if TYPE_CHECKING:
    from dougong import UnitOfWork


class OtherParty(Refused):
    """The invoice is not between the same two."""

    def __init__(self, invoice: Invoice) -> None:
        super().__init__(
            _("%(invoice)s belongs to another party or currency than the payment.", invoice=invoice)
        )


def allocate_lines(
    uow: UnitOfWork,
    payments: Sequence[Payment],
    items: Mapping[int, Sequence[Item]],
    invoices: Mapping[int, Invoice],
    opened: Mapping[int, Sequence[Item]],
) -> None:
    """Settle the invoices that the lines of just posted payments name."""
    if not invoices:
        return
    plan = Spread()
    for payment in payments:
        for line in payment.lines:
            invoice = invoices[line.invoice_id]
            if (invoice.party_id, invoice.currency) != (payment.party_id, payment.currency):
                raise OtherParty(invoice)
            _plan(plan, items[payment.id], opened, invoice, line.amount + line.discount)
        payment.open -= sum((line.amount for line in payment.lines), ZERO)
    carry_out(uow, plan, max(p.dated_on for p in payments), invoices.values())


def allocate(
    uow: UnitOfWork,
    document_id: int,
    shares: Sequence[tuple[int, Decimal]],
    on: dt.date | None = None,
) -> None:
    """Use a payment, or a credit note, for these invoices: (invoice, amount)."""
    uow.require("finance.payment.allocate")
    invoices = {i.id: i for i in uow.load(Invoice, [id for id, _ in shares], lock=True)}
    opened = items_of(uow, [document_id, *invoices])
    mine, plan = opened.pop(document_id, []), Spread()
    for id, amount in shares:
        invoice = invoices[id]
        if mine and (invoice.party_id, invoice.currency) != (mine[0].party_id, mine[0].currency):
            raise OtherParty(invoice)
        _plan(plan, mine, opened, invoice, amount)
    carry_out(uow, plan, on or uow.today, invoices.values())
    _keep_payments_right(uow, plan.items)


def allocate_to_oldest(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> None:
    """Use what payments or credit notes have left for the party's oldest open items.

    The other way round, too: an invoice takes what was paid on account before it was posted.
    """
    uow.require("finance.payment.allocate")
    mine = [item for items in items_of(uow, ids).values() for item in items]
    others = uow.session.scalars(
        select(Item)
        .where(
            Item.party_id.in_({item.party_id for item in mine}),
            Item.open > 0,
            Item.account_id.in_({item.account_id for item in mine}),
        )
        .order_by(Item.due_on, Item.id)
        .with_for_update(of=Item)
    ).all()
    plan = Spread()
    for item in mine:
        plan.over([item], [other for other in others if _fit(item, other)], plan.left([item]))
    carry_out(uow, plan, on or uow.today)
    _keep_payments_right(uow, plan.items)


def _fit(item: Item, other: Item) -> bool:
    """Whether two items are between the same two, in one currency, on opposite sides."""
    return item.side != other.side and (item.party_id, item.currency, item.account_id) == (
        other.party_id,
        other.currency,
        other.account_id,
    )


def unallocate(uow: UnitOfWork, ids: Sequence[int], invoice_ids: Sequence[int] = ()) -> None:
    """What these payments (or credit notes) settled is open again; all of it, or some invoices'."""
    uow.require("finance.payment.allocate")
    mine = [item for items in items_of(uow, ids, only_open=False).values() for item in items]
    undo_allocations(uow, mine, invoice_ids)


def undo_allocations(
    uow: UnitOfWork, items: Sequence[Item], invoice_ids: Sequence[int] = ()
) -> None:
    """Undo what was settled with these items; invoices follow."""
    keys = [item.id for item in items]
    found = uow.session.scalars(
        select(Allocation).where(or_(Allocation.debit_id.in_(keys), Allocation.credit_id.in_(keys)))
    ).all()
    # Somebody may be paying the other side at this moment: both sides are ours until the end.
    uow.lock(Item.id, {key for a in found for key in (a.debit_id, a.credit_id)})
    allocations = uow.load(
        Allocation, [a.id for a in found], Allocation.debit_item, Allocation.credit_item
    )
    if invoice_ids:
        allocations = [
            a
            for a in allocations
            if {a.debit_item.source_id, a.credit_item.source_id} & set(invoice_ids)
        ]
    changes = [(item, -a.amount) for a in allocations for item in (a.debit_item, a.credit_item)]
    unsettle(uow, allocations)
    follow(uow, changes, uow.today)
    _keep_payments_right(uow, [item for item, _amount in changes])


def _plan(
    plan: Spread,
    mine: Sequence[Item],
    opened: Mapping[int, Sequence[Item]],
    invoice: Invoice,
    amount: Decimal,
) -> None:
    """Plan to settle so much of an invoice; refuses more than is open on either side."""
    theirs = opened.get(invoice.id, [])
    if amount > plan.left(theirs):
        raise TooMuch(amount, plan.left(theirs), invoice.currency)
    if amount > plan.left(mine):
        raise TooMuch(amount, plan.left(mine), invoice.currency)
    plan.over(mine, theirs, amount)


def _keep_payments_right(uow: UnitOfWork, items: Sequence[Item]) -> None:
    """What a payment has left is what its item has left."""
    left = {
        item.source_id: item.open
        for item in items
        if item.source_kind == Payment.__document__ and item.source_id is not None
    }
    for payment in uow.load(Payment, left):
        if payment.state == "posted":
            payment.open = left[payment.id]
