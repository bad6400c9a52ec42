"""Several deliveries to one address travel together."""

from __future__ import annotations

from collections.abc import Sequence

from dougong import Refused, UnitOfWork, _, ref
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.shipments.service import WHOLE, name_carriers, price_shipments
from dougong_logistics.shipments.workflow import SHIPMENT_STEPS


def combine(uow: UnitOfWork, ids: Sequence[int]) -> list[Shipment]:
    """Put planned shipments to one address, from one warehouse, into the first of them."""
    uow.require("logistics.shipment.pack")
    shipments = uow.load(Shipment, ids, *WHOLE)
    if len(shipments) < 2:
        raise Refused(_("Choose at least two shipments to put together."))
    first, rest = shipments[0], shipments[1:]
    places = {(s.company_id, s.party_id, s.address_id, s.warehouse_id) for s in shipments}
    if len(places) > 1:
        raise Refused(_("Only shipments to the same address from the same place travel together."))
    for shipment in shipments:
        SHIPMENT_STEPS.move(shipment, "combine")
    first.ship_on = min(s.ship_on for s in shipments)
    for shipment in rest:
        for delivery in shipment.deliveries():
            uow.link(delivery, ref(first), "shipment")
        for line in list(shipment.lines):
            line.shipment_id, line.position = first.id, len(first.lines)
            shipment.lines.remove(line)
            first.lines.append(line)
        SHIPMENT_STEPS.move(shipment, "cancel")
        uow.link(shipment, first, "combined")
    uow.touch(first)
    price_shipments(uow, [first])
    name_carriers(uow, [first])
    return shipments
