"""Goods on their way to customers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event
from dougong.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """So much of a product that is to travel."""

    line_id: int
    product_id: int
    quantity: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPlanned(Event):
    """The warehouse will hand these goods over: think of parcels, carrier and route."""

    label = _("Delivery planned")

    delivery: DocumentRef
    number: str
    source: DocumentRef | None
    company_id: int
    warehouse_id: int
    party_id: int | None
    address_id: int | None
    on: dt.date
    promised_on: dt.date | None
    lines: tuple[PlannedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryCancelled(Event):
    """The warehouse will not hand these goods over."""

    label = _("Delivery cancelled")

    delivery: DocumentRef
    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentDelivered(Event):
    """The goods are with the customer, and somebody has signed for them."""

    label = _("Shipment delivered")

    shipment: DocumentRef
    number: str
    company_id: int
    on: dt.date
    received_by: str
    deliveries: tuple[DocumentRef, ...]
