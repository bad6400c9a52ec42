"""What departments that were away have missed of invoices drafted for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from dougong_base.events import InvoiceCancelled, InvoicePaid
from dougong_finance.invoices.facts import paid_event
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.service import cancelled_event
from dougong_finance.items.models import Allocation, Item

if TYPE_CHECKING:
    from dougong import UnitOfWork


def given_up(uow: UnitOfWork) -> Iterable[InvoiceCancelled]:
    """Drafts that were given up and invoices that were reversed."""
    ids = _asked_for(uow, "cancelled", "reversed")
    return [cancelled_event(invoice) for invoice in uow.load(Invoice, ids, Invoice.lines)]


def paid(uow: UnitOfWork) -> Iterable[InvoicePaid]:
    """Invoices of which nothing is open any more."""
    days = _last_settled(uow)
    return [
        paid_event(invoice, days.get(invoice.id, invoice.issued_on))
        for invoice in uow.load(Invoice, _asked_for(uow, "paid"))
    ]


def _asked_for(uow: UnitOfWork, *states: str) -> list[int]:
    """Invoices in these states that somebody else had asked for."""
    return list(
        uow.session.scalars(
            select(Invoice.id)
            .where(Invoice.state.in_(states), Invoice.source_id.is_not(None))
            .order_by(Invoice.id)
        )
    )


def _last_settled(uow: UnitOfWork) -> Mapping[int, dt.date]:
    """The day of the last payment, by invoice."""
    side = or_(Allocation.debit_id == Item.id, Allocation.credit_id == Item.id)
    rows = uow.session.execute(
        select(Item.source_id, func.max(Allocation.dated_on))
        .join(Allocation, side)
        .where(Item.source_kind == Invoice.__document__)
        .group_by(Item.source_id)
    )
    return {id: day for id, day in rows if id is not None}
