"""Goods that go back to their supplier."""

from __future__ import annotations

from collections.abc import Sequence

from dougong import ZERO, UnitOfWork
from dougong_base.events import PurchaseReturned
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.planned import tell_planned
from dougong_inventory.reservations.service import reserve_for
from dougong_inventory.sources import known_sources
from dougong_inventory.warehouses.service import find_places


def send_back(uow: UnitOfWork, events: Sequence[PurchaseReturned]) -> None:
    """What goes back to a supplier is put aside, to leave like any other delivery."""
    known = known_sources(uow, Delivery, [e.source for e in events])
    goods = {e.source: [x for x in e.lines if x.kind == "goods" and x.quantity] for e in events}
    wanted = [e for e in events if goods[e.source] and e.source not in known]
    if not wanted:
        return
    places = find_places(uow)
    deliveries = []
    for event in wanted:
        delivery = Delivery(
            company_id=event.company_id,
            state="waiting",
            kind="supplier_return",
            warehouse_id=places.warehouse_of(event.company_id, event.warehouse_id),
            party_id=event.supplier_id,
            destination_id=places.outside[event.company_id, "suppliers"],
            promised_on=event.on,
            source_kind=event.source.kind,
            source_id=event.source.id,
            lines=[
                DeliveryLine(
                    product_id=line.product_id,
                    quantity=abs(line.quantity),
                    reserved=ZERO,
                    shipped=ZERO,
                    lot_id=None,
                    source_line_id=line.line_id,
                    description=line.description or None,
                )
                for line in goods[event.source]
            ],
        )
        uow.add(delivery)
        uow.number(delivery, "delivery", on=event.on)
        uow.cite(delivery, "reference", event.source, event.number)
        uow.link(event.source, delivery, "return")
        deliveries.append(delivery)
    reserve_for(uow, deliveries)
    tell_planned(uow, deliveries)
