"""What purchasing has not heard of while it was switched off."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork
from dougong_base.events import GoodsReceived, GoodsShipped, InvoiceCancelled, InvoicePaid
from dougong_purchasing.orders.models import FollowUp
from dougong_purchasing.orders.sources import ORDERS, RETURNS


def received_unheard(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> list[GoodsReceived]:
    """Goods that came for our orders and are not counted yet."""
    known = _known(uow, "receipt")
    return [
        event
        for event in events
        if event.source is not None and event.source.kind == ORDERS and event.receipt not in known
    ]


def shipped_unheard(uow: UnitOfWork, events: Sequence[GoodsShipped]) -> list[GoodsShipped]:
    """Goods that went back to suppliers and are not counted yet."""
    known = _known(uow, "delivery")
    return [
        event
        for event in events
        if event.source is not None and event.source.kind == RETURNS and event.delivery not in known
    ]


def cancelled_unheard(
    uow: UnitOfWork, events: Sequence[InvoiceCancelled]
) -> list[InvoiceCancelled]:
    """Bills that we still believe in."""
    known = _known(uow, "invoice")
    return [event for event in events if known.get(event.invoice, "cancelled") != "cancelled"]


def paid_unheard(uow: UnitOfWork, events: Sequence[InvoicePaid]) -> list[InvoicePaid]:
    """Bills that we still believe to be open."""
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
