"""What a carrier says moves the shipment along."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.shipments.service import tell_delivered
from dougong_logistics.shipments.workflow import SHIPMENT_STEPS
from dougong_logistics.trackings.models import TrackingEvent

#: The step that each word of a carrier means.
STEPS = {"under_way": "depart", "delivered": "deliver", "failed": "fail", "returned": "return"}


def apply_news(uow: UnitOfWork, limit: int = 500) -> int:
    """Take in what carriers have said and nobody has acted on, the oldest first.

    A word that comes after the shipment has arrived, or repeats what is known, changes nothing.
    """
    events = uow.session.scalars(
        select(TrackingEvent)
        .where(TrackingEvent.applied.is_(False))
        .order_by(TrackingEvent.happened_at, TrackingEvent.id)
        .limit(limit)
    ).all()
    return take_in(uow, events)


def take_in(uow: UnitOfWork, events: Sequence[TrackingEvent]) -> int:
    """Move the shipments along by these events; returns how many moved."""
    ids = sorted({event.shipment_id for event in events})
    shipments = {s.id: s for s in uow.load(Shipment, ids, Shipment.lines)} if ids else {}
    moved, arrived = 0, []
    for event in events:
        event.applied = True
        shipment = shipments[event.shipment_id]
        if _apply(uow, shipment, event):
            moved += 1
            if shipment.state == "delivered":
                arrived.append(shipment)
    tell_delivered(uow, arrived)
    return moved


def _apply(uow: UnitOfWork, shipment: Shipment, event: TrackingEvent) -> bool:
    name = STEPS.get(event.status)
    step = SHIPMENT_STEPS.step(name) if name else None
    if step is None or shipment.state not in step.source:
        return False
    if event.status == "delivered":
        day = event.happened_at.astimezone(ZoneInfo(uow.actor.timezone)).date()
        day = max(day, shipment.handed_over_on or day)
        shipment.deliver(day, event.received_by or event.place or "?", event.text or "")
    else:
        SHIPMENT_STEPS.move(shipment, step.name)
        if event.status == "failed":
            shipment.proof_note = event.text
    return True
