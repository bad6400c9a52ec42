"""What logistics tells itself after the commit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dougong import DocumentRef, Event, _


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentHandedOver(Event):
    """The carrier has the parcels: the customer may be told."""

    label = _("Shipment handed over")

    shipment: DocumentRef
    number: str
    company_id: int
    on: dt.date
    party_id: int | None
    tracking_number: str
