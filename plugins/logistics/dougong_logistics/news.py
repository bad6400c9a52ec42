"""What the warehouse has told and nobody here has acted on yet: for catching up once and not twice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork
from dougong_base.events import GoodsReceived, GoodsShipped
from dougong_logistics.returns.models import Return
from dougong_logistics.shipments.models import Shipment, ShipmentLine
from dougong_logistics.shipments.workflow import OPEN


def shipped_unheard(uow: UnitOfWork, events: Sequence[GoodsShipped]) -> list[GoodsShipped]:
    """Goods that have left, of shipments that are still here."""
    rows = uow.session.execute(
        select(ShipmentLine.delivery_kind, ShipmentLine.delivery_id)
        .join(Shipment, Shipment.id == ShipmentLine.shipment_id)
        .where(
            ShipmentLine.delivery_id.in_({event.delivery.id for event in events}),
            ~ShipmentLine.left,
            Shipment.state.in_(OPEN),
        )
    )
    waiting = {DocumentRef(kind or "", id or 0) for kind, id in rows}
    return [event for event in events if event.delivery in waiting]


def received_unheard(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> list[GoodsReceived]:
    """Goods that came back for a return of ours and were not counted there.

    A return remembers the last receipt that it has counted; a later one has a higher key.
    """
    back = [event for event in events if event.returned and event.source is not None]
    keys = {event.source.id for event in back if event.source is not None}
    counted: dict[DocumentRef, int] = {}
    for document in uow.session.scalars(
        select(Return).where(
            Return.id.in_(keys) | Return.source_id.in_(keys),
            Return.state.in_(("announced", "received")),
        )
    ):
        last = document.receipt_id or 0
        counted[DocumentRef(Return.__document__, document.id)] = last
        counted[DocumentRef(document.source_kind or "", document.source_id or 0)] = last
    return [
        event
        for event in back
        if event.source in counted and event.receipt.id > counted[event.source]
    ]
