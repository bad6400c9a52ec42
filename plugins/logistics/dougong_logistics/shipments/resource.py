"""How shipments are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Gantt,
    Kanban,
    Lines,
    Long,
    Money,
    Number,
    Resource,
    Rights,
    Section,
    Tab,
)
from dougong_base import Address, Product
from dougong_logistics.carriers.models import Service
from dougong_logistics.products.models import ProductCustoms
from dougong_logistics.shipments.models import INCOTERMS, Shipment, ShipmentLine
from dougong_logistics.shipments.papers import customs_paper, label_paper, note_paper
from dougong_logistics.shipments.workflow import SHIPMENT_STEPS


def derive_shipment(shipment: Shipment, facts: Any) -> None:
    """Weights and values follow the products; the carrier follows the service."""
    for line in shipment.lines:
        product = facts.get(Product, line.product_id)
        if product is not None and line.quantity is not None and line.quantity > 0:
            if line.weight is None or facts.changed(line, "product", "quantity"):
                line.measure(product)
            known = facts.get(ProductCustoms, line.product_id)
            if known is not None:
                line.customs_code = line.customs_code or known.customs_code
                line.origin = line.origin or known.origin
    if shipment.own:
        shipment.service_id = None
    service = facts.get(Service, shipment.service_id)
    shipment.carrier_id = service.carrier_id if service else None


def check_customs(line: ShipmentLine, facts: Any) -> None:
    """Codes are digits, as the Harmonized System has them; countries are two letters."""
    code = (line.customs_code or "").replace(" ", "").replace(".", "")
    if code and not (code.isdecimal() and code.isascii() and 6 <= len(code) <= 12):
        facts.error(
            line, "customs_code", _("A customs code has six to twelve digits, as 940330.")
        )  # fmt: skip
    if line.origin and not (len(line.origin) == 2 and line.origin.isalpha()):
        facts.error(line, "origin", _("A country is written with two letters, as DE or CN."))


def check_shipment(shipment: Shipment, facts: Any) -> None:
    """Goods travel to an address of their receiver; no parcel is heavier than the service takes."""
    address = facts.get(Address, shipment.address_id)
    if address is not None and shipment.party_id and address.party_id != shipment.party_id:
        facts.error(shipment, "address", _("Choose an address of the receiver."))
    service = facts.get(Service, shipment.service_id)
    limit = service.parcel_limit if service else None
    for parcel in shipment.parcels:
        if limit is not None and parcel.weight is not None and parcel.weight > limit:
            facts.error(
                parcel, "weight",
                _("The service takes %(limit)s kg at most.", limit=f"{limit.normalize():f}"),
            )  # fmt: skip
    if shipment.incoterm_place and not shipment.incoterm:
        facts.error(shipment, "incoterm", _("Choose the term that holds at this place."))
    for line in shipment.lines:
        check_customs(line, facts)
        if line.delivery and facts.changed(line, "product", "quantity"):
            facts.error(
                line, "quantity", _("The warehouse's delivery says what travels: change it there.")
            )


class ShipmentResource(Resource):
    """Goods on their way."""

    name, model, label, one = (
        "logistics.shipments", Shipment, _("Shipments"), _("Shipment"),
    )  # fmt: skip
    manual = "logistics#shipments"
    empty = _("Goods on their way: carrier, parcels, tracking, cost.")
    icon, identity, title, sort = "truck-delivery", "number", "number", "-id"
    columns = [
        "number", "party", "address.city", "ship_on", "service", "tracking_number", "cost", "state",
    ]  # fmt: skip
    search = ["number", "reference", "tracking_number", "party.name"]
    filters = ["state", "party", "service", "ship_on", "delivered_on", "tracking_number"]
    groups, totals = ["state", "service", "party", "ship_on:month"], ["cost"]
    form = Form(
        Section("party", "address", "ship_on", "promised_on"),
        Lines(
            "lines", "product", "quantity", "weight", "volume", "value", "customs_code", "origin",
            title=_("Goods"), totals=["weight", "value"],
        ),
        Lines(
            "parcels", "weight", "length", "width", "height", "stated_volume",
            title=_("Parcels"), totals=["weight"],
        ),
        Section(
            "own", "service", "tracking_number", "cost", "incoterm", "incoterm_place",
            title=_("Carrier"), side=True,
        ),
        Section(
            "number", "reference", "handed_over_on", "delivered_on", "received_by", "proof_note",
            title=_("Trail"), side=True,
        ),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "party": Field(label=_("Receiver")),
        "address": Field(label=_("Address")),
        "ship_on": Field(label=_("Ship on")),
        "promised_on": Field(label=_("Promised for")),
        "own": Field(label=_("We drive it ourselves")),
        "service": Field(label=_("Carrier service")),
        "tracking_number": Field(label=_("Tracking number")),
        "cost": Money(label=_("Expected freight"), least=0),
        "incoterm": Choice(label=_("Incoterm"), choices=INCOTERMS),
        "incoterm_place": Field(label=_("Place of the term"), help=_("As Hamburg in FCA Hamburg.")),
        "handed_over_on": Field(label=_("Handed over on")),
        "delivered_on": Field(label=_("Delivered on")),
        "received_by": Field(label=_("Received by")),
        "proof_note": Field(label=_("Proof of delivery")),
        "note": Long(label=_("Note")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.weight": Field(label=_("Weight, kg")),
        "lines.volume": Field(label=_("Volume, m³")),
        "lines.value": Field(label=_("Value")),
        "lines.customs_code": Field(label=_("Customs code")),
        "lines.origin": Field(label=_("Origin")),
        "parcels.weight": Number(label=_("Weight, kg"), least=0),
        "parcels.length": Number(label=_("Length, cm"), least=0),
        "parcels.width": Number(label=_("Width, cm"), least=0),
        "parcels.height": Number(label=_("Height, cm"), least=0),
        "parcels.stated_volume": Number(label=_("Volume, m³"), least=0),
    }
    derived = [
        "number", "reference", "handed_over_on", "delivered_on", "received_by", "proof_note",
        "lines.weight", "lines.volume",
    ]  # fmt: skip
    boards = [
        Kanban("state", card=["number", "party", "ship_on"]),
        Calendar("ship_on"),
        Gantt("ship_on", "promised_on"),
    ]
    steps = SHIPMENT_STEPS
    derive, check = derive_shipment, check_shipment
    tabs = [
        Tab("labels", _("Labels"), label_paper),
        Tab("delivery-note", _("Delivery note"), note_paper),
        Tab("customs", _("Customs declaration"), customs_paper),
    ]
    rights = Rights("logistics.shipment")
