"""The warehouse's deliveries become shipments, and leave with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dougong import ZERO, DocumentRef, UnitOfWork
from dougong_base import Address, Product
from dougong_base.events import DeliveryCancelled, DeliveryPlanned, GoodsShipped
from dougong_logistics.carriers.queries import products_of
from dougong_logistics.products.models import ProductCustoms
from dougong_logistics.shipments.models import Shipment, ShipmentLine
from dougong_logistics.shipments.service import WHOLE, give_away, name_carriers, price_shipments
from dougong_logistics.shipments.workflow import OPEN, SHIPMENT_STEPS


def plan_shipments(uow: UnitOfWork, events: Sequence[DeliveryPlanned]) -> None:
    """A planned delivery becomes a shipment with the cheapest carrier; only once."""
    known = shipments_of(uow, [event.delivery for event in events])
    wanted = [event for event in events if event.delivery not in known and event.lines]
    if not wanted:
        return
    products, customs = goods_of(uow, {x.product_id for e in wanted for x in e.lines})
    addresses = _addresses(uow, wanted)
    shipments = []
    for event in wanted:
        address = addresses.get((event.address_id, event.party_id))
        shipment = Shipment(
            company_id=event.company_id,
            state="planned",
            party_id=event.party_id,
            address_id=address.id if address else None,
            warehouse_id=event.warehouse_id,
            ship_on=event.promised_on or event.on,
            promised_on=event.promised_on,
            reference=event.number,
            cost=ZERO,
            parcels=[],
            lines=[
                ShipmentLine(
                    product_id=line.product_id,
                    quantity=line.quantity,
                    delivery_kind=event.delivery.kind,
                    delivery_id=event.delivery.id,
                    delivery_line_id=line.line_id,
                    left=False,
                )
                for line in event.lines
            ],
        )
        measure(shipment, products, customs)
        shipment.address = address
        shipments.append(shipment)
    price_shipments(uow, shipments)
    name_carriers(uow, shipments)
    for event, shipment in zip(wanted, shipments, strict=True):
        uow.add(shipment)
        uow.number(shipment, "shipment", on=event.on)
        uow.link(event.delivery, shipment, "shipment")


def measure(
    shipment: Shipment,
    products: dict[int, Product],
    customs: dict[int, ProductCustoms],
) -> None:
    """Weights, values and customs codes of the goods, as their products say."""
    for line in shipment.lines:
        if (product := products.get(line.product_id)) is not None:
            line.measure(product)
        if (known := customs.get(line.product_id)) is not None:
            line.customs_code = line.customs_code or known.customs_code
            line.origin = line.origin or known.origin


def goods_of(
    uow: UnitOfWork, ids: Collection[int]
) -> tuple[dict[int, Product], dict[int, ProductCustoms]]:
    """These products, and what customs want to know of them."""
    rows = uow.look(
        select(Product, ProductCustoms)
        .outerjoin(ProductCustoms, ProductCustoms.product_id == Product.id)
        .where(Product.id.in_(ids))
    ).all()
    products = {product.id: product for product, _known in rows}
    return products, {known.product_id: known for _product, known in rows if known is not None}


def drop_shipments(uow: UnitOfWork, events: Sequence[DeliveryCancelled]) -> None:
    """What the warehouse will not hand over does not travel."""
    gone = {event.delivery for event in events}
    for shipment in _loaded(uow, gone, Shipment.lines):
        if shipment.state not in OPEN:
            continue
        staying = [line for line in shipment.lines if line.delivery not in gone]
        if staying:
            uow.remove(*(line for line in shipment.lines if line.delivery in gone))
            uow.touch(shipment)
        else:
            SHIPMENT_STEPS.move(shipment, "cancel")


def follow_the_warehouse(uow: UnitOfWork, events: Sequence[GoodsShipped]) -> None:
    """What has left the warehouse is with the carrier once all of the shipment has."""
    told = {event.delivery: event for event in events}
    shipments = [s for s in _loaded(uow, set(told), Shipment.lines) if s.state in OPEN]
    leaving: dict[dt.date, list[Shipment]] = {}
    less = []
    for shipment in shipments:
        if _take_what_left(uow, shipment, told):
            less.append(shipment)
        if all(line.left for line in shipment.lines if line.delivery):
            last = max(told[r].on for r in shipment.deliveries() if r in told)
            leaving.setdefault(last, []).append(shipment)
    if less:
        _measure_again(uow, less)
    for day, gone in sorted(leaving.items()):
        give_away(uow, gone, day)


def _take_what_left(
    uow: UnitOfWork, shipment: Shipment, told: Mapping[DocumentRef, GoodsShipped]
) -> bool:
    """The lines hold what has left; the rest is announced as another delivery. Whether it is less."""
    left: dict[tuple[DocumentRef, int], Decimal] = {}
    for delivery in shipment.deliveries():
        for moved in told[delivery].lines if delivery in told else ():
            key = delivery, moved.product_id
            left[key] = left.get(key, ZERO) + moved.quantity
    less = False
    for line in [x for x in shipment.lines if x.delivery in told]:
        assert line.delivery is not None
        key = line.delivery, line.product_id
        taken = min(line.quantity, left.get(key, ZERO))
        left[key] = left.get(key, ZERO) - taken
        less = less or taken != line.quantity
        if taken:
            line.quantity, line.left = taken, True
        else:
            shipment.lines.remove(line)
            uow.remove(line)
    return less


def _measure_again(uow: UnitOfWork, shipments: Sequence[Shipment]) -> None:
    """Less has left than was planned: weights and freight follow."""
    products = products_of(uow.session, (x.product_id for s in shipments for x in s.lines))
    for shipment in uow.load(Shipment, [s.id for s in shipments], *WHOLE):
        for line in shipment.lines:
            line.measure(products[line.product_id])
    price_shipments(uow, shipments)
    name_carriers(uow, shipments)
    # What has left takes and loses no more lines: they are written before it leaves.
    uow.flush()


def shipments_of(uow: UnitOfWork, deliveries: Sequence[DocumentRef]) -> dict[DocumentRef, int]:
    """The shipment of each delivery that has one, cancelled ones apart."""
    rows = uow.session.execute(
        select(ShipmentLine.delivery_kind, ShipmentLine.delivery_id, ShipmentLine.shipment_id)
        .join(Shipment, Shipment.id == ShipmentLine.shipment_id)
        .where(
            ShipmentLine.delivery_id.in_([d.id for d in deliveries]),
            Shipment.state != "cancelled",
        )
    )
    found = {DocumentRef(str(kind), int(id or 0)): shipment for kind, id, shipment in rows}
    return {delivery: found[delivery] for delivery in deliveries if delivery in found}


def _loaded(uow: UnitOfWork, deliveries: set[DocumentRef], *parts: Any) -> list[Shipment]:
    ids = set(shipments_of(uow, sorted(deliveries)).values())
    return uow.load(Shipment, sorted(ids), *parts) if ids else []


def _addresses(
    uow: UnitOfWork, events: Sequence[DeliveryPlanned]
) -> dict[tuple[int | None, int | None], Address]:
    """Where each delivery goes: its own address, else the one its customer gets goods at."""
    parties = {event.party_id for event in events if event.party_id is not None}
    own = {event.address_id for event in events if event.address_id is not None}
    rows = uow.look(
        select(Address)
        .where(Address.party_id.in_(parties) | Address.id.in_(own))
        .order_by(Address.position)
    ).scalars()
    by_id: dict[int, Address] = {}
    usual: dict[int, Address] = {}
    rank = {"delivery": 0, "main": 1}
    for address in rows:
        by_id[address.id] = address
        known = usual.get(address.party_id)
        if known is None or rank.get(address.role, 2) < rank.get(known.role, 2):
            usual[address.party_id] = address
    found = {}
    for event in events:
        address = by_id.get(event.address_id or 0) or usual.get(event.party_id or 0)
        if address is not None:
            found[event.address_id, event.party_id] = address
    return found
