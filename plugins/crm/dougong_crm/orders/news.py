"""What sales have not heard of while they were switched off."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork
from dougong_base.events import GoodsReceived, GoodsShipped, InvoiceCancelled, InvoicePaid
from dougong_crm.orders.models import FollowUp
from dougong_crm.orders.sources import ORDERS, RETURNS


def shipped_unheard(uow: UnitOfWork, events: Sequence[GoodsShipped]) -> list[GoodsShipped]:
    """Shipments for our orders that are not counted yet."""
    known = _known(uow, "delivery")
    return [
        event
        for event in events
        if event.source is not None
        and event.source.kind == ORDERS
        and event.delivery not in known
        and any(line.source_line_id is not None for line in event.lines)
    ]


def received_unheard(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> list[GoodsReceived]:
    """Goods that customers sent back and that are not counted yet."""
    known = _known(uow, "receipt")
    return [
        event
        for event in events
        if event.returned
        and event.source is not None
        and event.source.kind == RETURNS
        and event.receipt not in known
    ]


def cancelled_unheard(
    uow: UnitOfWork, events: Sequence[InvoiceCancelled]
) -> list[InvoiceCancelled]:
    """Invoices that we still believe in."""
    known = _known(uow, "invoice")
    return [event for event in events if known.get(event.invoice, "cancelled") != "cancelled"]


def paid_unheard(uow: UnitOfWork, events: Sequence[InvoicePaid]) -> list[InvoicePaid]:
    """Invoices for whose money we still wait."""
    known = _known(uow, "invoice")
    return [event for event in events if known.get(event.invoice) == "open"]


def _known(uow: UnitOfWork, kind: str) -> dict[DocumentRef, str]:
    """What followed from orders, and its state as we know it."""
    rows = uow.session.execute(
        select(FollowUp.document_kind, FollowUp.document_id, FollowUp.state).where(
            FollowUp.kind == kind
        )
    )
    return {DocumentRef(document, id): state for document, id, state in rows}
