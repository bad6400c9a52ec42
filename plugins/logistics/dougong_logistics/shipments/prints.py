"""The papers of a shipment as PDF: label, delivery note, packing list, customs invoice, waybill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from dougong import ZERO, _
from dougong.companies.models import Company
from dougong.printing import (
    Beside,
    Box,
    Break,
    Code,
    Column,
    Desk,
    Facts,
    Print,
    Row,
    Rule,
    Sheet,
    Signatures,
    Sum,
    Sums,
    Table,
    Words,
)
from dougong.printing.sheets import Part
from dougong_base import Party, Product, addressed, country_name, languages_of
from dougong_logistics.carriers.models import Carrier, Service
from dougong_logistics.shipments.models import Parcel, Shipment, ShipmentLine


def _whole(desk: Desk, shipments: Sequence[Shipment]) -> list[Shipment]:
    """The shipments with all that travels, in their order; a fixed number of statements."""
    statement = (
        select(Shipment)
        .where(Shipment.id.in_([shipment.id for shipment in shipments]))
        .options(
            joinedload(Shipment.party).selectinload(Party.addresses),
            joinedload(Shipment.address),
            joinedload(Shipment.service).joinedload(Service.carrier).joinedload(Carrier.party),
            selectinload(Shipment.lines).joinedload(ShipmentLine.product).joinedload(Product.unit),
            selectinload(Shipment.parcels),
        )
        .execution_options(populate_existing=True)
    )
    found = {shipment.id: shipment for shipment in desk.session.scalars(statement)}
    return [found[shipment.id] for shipment in shipments]


def _receiver(desk: Desk, shipment: Shipment) -> list[str]:
    return addressed(desk, shipment.party, "delivery", shipment.address)


def _sender(desk: Desk, shipment: Shipment) -> str:
    head = desk.head(shipment)
    return "\n".join([head.name, *head.address_lines]) if head else ""


def _kilos(desk: Desk, weight: Decimal | None) -> str:
    return f"{desk.fmt.trimmed(weight, 3, group=True)} kg" if weight is not None else ""


# -- the label --------------------------------------------------------------------------------------


def lay_out_labels(desk: Desk, shipments: Sequence[Shipment]) -> Iterator[Sheet]:
    """A page for each parcel: who, where, with whom, and two codes to scan."""
    for shipment in _whole(desk, shipments):
        parts: list[Part] = []
        parcels: Sequence[Parcel | None] = shipment.parcels or [None]
        for at, parcel in enumerate(parcels):
            parts += [Break()] if at else []
            parts += _label(desk, shipment, parcel, at, len(parcels))
        yield Sheet(parts=parts, head=False, foot=False)


def _label(
    desk: Desk, shipment: Shipment, parcel: Parcel | None, at: int, count: int
) -> Iterator[Part]:
    code = shipment.tracking_number or shipment.number or str(shipment.id)
    service = shipment.service
    carrier = f"{service.carrier.party.name} · {service.name}" if service else _("Our own vehicle")
    name, *address = _receiver(desk, shipment) or [""]
    weight = _kilos(desk, parcel.weight if parcel else shipment.load.weight)
    yield Beside(
        [
            [Words(carrier, size=1.25, strong=True)],
            [Words(f"{at + 1} / {count}", size=1.6, strong=True)],
        ],
        shares=(4, 1),
    )
    yield Rule()
    yield Words(_sender(desk, shipment).replace("\n", " · "), soft=True)
    yield Box([
        Words(_("To"), soft=True),
        Words(name, size=1.5, strong=True),
        Words("\n".join(address), size=1.45),
    ])  # fmt: skip
    yield Beside(
        [
            [Facts([
                (_("Weight"), weight), (_("Reference"), shipment.reference),
                (_("Shipment"), shipment.number), (_("Date"), desk.fmt.date(shipment.ship_on)),
            ])],
            [Code(f"{code}/{at + 1}", square=True, width=24, text="")],
        ],
        shares=(2, 1),
    )  # fmt: skip
    yield Rule()
    yield Code(code, width=86, height=22, centre=True)


# -- papers that travel along ------------------------------------------------------------------------


def lay_out_notes(desk: Desk, shipments: Sequence[Shipment]) -> Iterator[Sheet]:
    """What lies in the parcels, for the receiver to sign."""
    for shipment in _whole(desk, shipments):
        columns = [
            Column(_("Code")), Column(_("Product"), share=3), Column(_("Quantity"), figure=True),
            Column(_("Unit")),
        ]  # fmt: skip
        rows = [
            [line.product.code, line.product.name, desk.quantity(line.quantity),
             line.product.unit.name]
            for line in shipment.lines
        ]  # fmt: skip
        yield Sheet(
            title=f"{_('Delivery note')} {shipment.number or ''}".strip(),
            to=_receiver(desk, shipment),
            facts=desk.facts(shipment, "ship_on", "reference", "service", "tracking_number"),
            dated=shipment.handed_over_on or shipment.ship_on,
            parts=[
                Table(columns, rows),
                *([Words(shipment.note)] if shipment.note else []),
                Signatures([_("Place and date"), _("Received by")]),
            ],
        )


def lay_out_packing_lists(desk: Desk, shipments: Sequence[Shipment]) -> Iterator[Sheet]:
    """Parcels with weight and size, and the goods in them."""
    for shipment in _whole(desk, shipments):
        load = shipment.load
        goods = Table(
            [Column(_("Code")), Column(_("Product"), share=3), Column(_("Quantity"), figure=True),
             Column(_("Weight, kg"), figure=True)],
            [[x.product.code, x.product.name, desk.quantity(x.quantity), desk.quantity(x.weight)]
             for x in shipment.lines],
            title=_("Goods"),
        )  # fmt: skip
        parcels = Table(
            [Column(_("Parcel")), Column(_("Length, width, height (cm)"), share=3),
             Column(_("Volume, m³"), figure=True), Column(_("Weight, kg"), figure=True)],
            [[str(at), _size(p), desk.fmt.trimmed(p.volume, 3), desk.quantity(p.weight)]
             for at, p in enumerate(shipment.parcels, 1)],
            title=_("Parcels"),
        )  # fmt: skip
        yield Sheet(
            title=f"{_('Packing list')} {shipment.number or ''}".strip(),
            to=_receiver(desk, shipment),
            facts=desk.facts(shipment, "ship_on", "reference", "service", "incoterm"),
            dated=shipment.handed_over_on or shipment.ship_on,
            parts=[
                goods,
                *([parcels] if shipment.parcels else []),
                Sums([
                    Sum(_("Parcels"), str(len(shipment.parcels) or 1)),
                    Sum(_("Volume"), f"{desk.fmt.trimmed(load.volume, 3)} m³"),
                    Sum(_("Gross weight"), _kilos(desk, load.weight), strong=True),
                ]),
            ],
        )  # fmt: skip


def _size(parcel: Parcel) -> str:
    sides = (parcel.length, parcel.width, parcel.height)
    return " × ".join(map(str, sides)) if all(sides) else "–"


# -- across borders -----------------------------------------------------------------------------------


def lay_out_customs(desk: Desk, shipments: Sequence[Shipment]) -> Iterator[Sheet]:
    """The commercial invoice for customs: codes, origin, weight and value of each product."""
    for shipment in _whole(desk, shipments):
        company = desk.session.get(Company, shipment.company_id)
        currency = company.currency if company else ""
        columns = [
            Column(_("Product"), share=3), Column(_("Customs code")), Column(_("Origin"), share=2),
            Column(_("Quantity"), figure=True), Column(_("Weight, kg"), figure=True),
            Column(_("Declared value"), figure=True),
        ]  # fmt: skip
        rows = [
            Row([
                line.product.name, line.customs_code or _("missing"),
                country_name(line.origin, desk.language) or _("missing"),
                desk.quantity(line.quantity), desk.quantity(line.weight),
                desk.money(line.value, currency),
            ])
            for line in shipment.lines
        ]  # fmt: skip
        term = " ".join(filter(None, (shipment.incoterm, shipment.incoterm_place)))
        value = sum((line.value or ZERO for line in shipment.lines), ZERO)
        yield Sheet(
            title=f"{_('Commercial invoice for customs')} {shipment.number or ''}".strip(),
            to=_receiver(desk, shipment),
            facts=[
                *desk.facts(shipment, "ship_on", "reference", "tracking_number"),
                *([(_("Term of delivery"), term)] if term else []),
            ],
            dated=shipment.handed_over_on or shipment.ship_on,
            parts=[
                Table(columns, rows),
                Sums([
                    Sum(_("Gross weight"), _kilos(desk, shipment.load.weight)),
                    Sum(_("Total value"), desk.money(value, currency), strong=True),
                ]),
                Words(_("I declare that what is said here is true and correct.")),
                Signatures([_("Place and date"), _("Name and signature")]),
            ],
        )  # fmt: skip


def lay_out_waybills(desk: Desk, shipments: Sequence[Shipment]) -> Iterator[Sheet]:
    """The consignment note by the boxes of the CMR convention of 1956."""
    for shipment in _whole(desk, shipments):
        yield Sheet(
            title=f"{_('Consignment note (CMR)')} {shipment.number or ''}".strip(),
            dated=shipment.handed_over_on or shipment.ship_on,
            head=False,
            parts=list(_boxes(desk, shipment)),
        )


def _boxes(desk: Desk, shipment: Shipment) -> Iterator[Part]:
    receiver, service = _receiver(desk, shipment), shipment.service
    carrier = service.carrier.party.name if service else ""
    term = " ".join(filter(None, (shipment.incoterm, shipment.incoterm_place)))
    day = desk.fmt.date(shipment.handed_over_on or shipment.ship_on)

    def box(number: str, label: Any, text: str) -> Box:
        return Box([Words(f"{number} {label}", soft=True), Words(text or " ")])

    yield Beside([
        [box("1", _("Sender"), _sender(desk, shipment)),
         box("2", _("Consignee"), "\n".join(receiver)),
         box("3", _("Place of delivery"), "\n".join(receiver[1:]))],
        [box("16", _("Carrier"), carrier), box("17", _("Successive carriers"), ""),
         box("4", _("Place and date of taking over"), day)],
    ])  # fmt: skip
    goods = "; ".join(f"{desk.quantity(x.quantity)} × {x.product.name}" for x in shipment.lines)
    load = shipment.load
    yield Table(
        [Column(f"6 {_('Marks')}"), Column(f"7 {_('Packages')}", figure=True),
         Column(f"9 {_('Nature of the goods')}", share=4), Column(f"10 {_('Customs code')}"),
         Column(f"11 {_('Gross weight')}", figure=True), Column(f"12 {_('Volume')}", figure=True)],
        [[shipment.number or "", str(len(shipment.parcels) or 1), goods,
          ", ".join(sorted({x.customs_code for x in shipment.lines if x.customs_code})),
          _kilos(desk, load.weight), f"{desk.fmt.trimmed(load.volume, 3)} m³"]],
    )  # fmt: skip
    yield box("13", _("Sender's instructions"), shipment.note or "")
    yield Beside([
        [box("5", _("Documents attached"), "")],
        [box("14", _("Term of delivery"), term)],
    ])  # fmt: skip
    yield box("18", _("Carrier's reservations"), "")
    yield Signatures([
        f"22 {_('Signature of the sender')}", f"23 {_('Signature of the carrier')}",
        f"24 {_('Goods received: date, signature')}",
    ])  # fmt: skip


SHIPMENT_PRINTS = [
    Print(
        name="logistics.label", label=_("Label"), resource="logistics.shipments", paper="label",
        layout=lay_out_labels, label_only=True, order=10,
    ),
    Print(
        name="logistics.delivery-note", label=_("Delivery note"), resource="logistics.shipments",
        layout=lay_out_notes, language=languages_of("party_id"), marked=False, order=20,
    ),
    Print(
        name="logistics.packing-list", label=_("Packing list"), resource="logistics.shipments",
        layout=lay_out_packing_lists, language=languages_of("party_id"), marked=False, order=30,
    ),
    Print(
        name="logistics.customs", label=_("Commercial invoice for customs"),
        resource="logistics.shipments", layout=lay_out_customs,
        language=languages_of("party_id"), marked=False, order=40,
    ),
    Print(
        name="logistics.cmr", label=_("Consignment note (CMR)"), resource="logistics.shipments",
        layout=lay_out_waybills, language=languages_of("party_id"), marked=False, order=50,
    ),
]  # fmt: skip
