"""What is done with shipments: packing, handing over, following, delivering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy.orm.attributes import set_committed_value

from dougong import ZERO, Refused, UnitOfWork, _, ref
from dougong.companies.currency import currency_of
from dougong_base.events import CostLine, CostsArose, ShipmentDelivered
from dougong_logistics.carriers.models import Service
from dougong_logistics.carriers.pricing import quotes
from dougong_logistics.carriers.queries import NoService, all_prices
from dougong_logistics.events import ShipmentHandedOver
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.shipments.workflow import OPEN, SHIPMENT_STEPS

WHOLE = (Shipment.lines, Shipment.parcels, Shipment.service, Shipment.address)


class NotCancelled(Refused):
    """The warehouse has already given goods away."""

    def __init__(self, shipment: Shipment) -> None:
        super().__init__(
            _("Goods of %(shipment)s have left the warehouse already.", shipment=shipment)
        )


def price_shipments(uow: UnitOfWork, shipments: Sequence[Shipment]) -> None:
    """Expected freight of shipments with a service; the cheapest service for those without.

    Needs lines, parcels and address loaded. Where no tariff fits, no service is chosen and a
    freight that was entered by hand stays.
    """
    there = [s for s in shipments if s.address is not None and not s.own]
    known = all_prices(uow) if there else []
    for shipment in there if known else ():
        address = shipment.address
        assert address is not None
        found = quotes(
            known, shipment.load, (address.country or "").upper(), address.postcode or "",
            shipment.ship_on, currency_of(uow, shipment.company_id),
        )  # fmt: skip
        if shipment.service_id is None:
            quote = found[0] if found else None
        else:
            quote = next((q for q in found if q.price.service_id == shipment.service_id), None)
        if quote is not None:
            shipment.service_id, shipment.cost = quote.price.service_id, quote.amount


def suggest(uow: UnitOfWork, ids: Sequence[int]) -> list[Shipment]:
    """Choose the cheapest service that takes each shipment there."""
    uow.require("logistics.shipment.pack")
    shipments = uow.load(Shipment, ids, *WHOLE)
    for shipment in shipments:
        if shipment.state not in OPEN:
            SHIPMENT_STEPS.move(shipment, "suggest")
        shipment.own, shipment.service_id, shipment.cost = False, None, ZERO
    price_shipments(uow, shipments)
    for shipment in shipments:
        if shipment.service_id is None:
            raise NoService(shipment.address or "?", shipment.load.weight)
    name_carriers(uow, shipments)
    return shipments


def pack(uow: UnitOfWork, ids: Sequence[int]) -> list[Shipment]:
    """Close the parcels; what the freight will cost is known now."""
    uow.require("logistics.shipment.pack")
    shipments = uow.load(Shipment, ids, *WHOLE)
    for shipment in shipments:
        _pack(uow, shipment)
        if not shipment.number:
            uow.number(shipment, "shipment", on=shipment.ship_on)
    price_shipments(uow, shipments)
    name_carriers(uow, shipments)
    return shipments


def hand_over(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Shipment]:
    """Give parcels to the carrier; goods of the warehouse go when the warehouse ships them."""
    uow.require("logistics.shipment.hand_over")
    shipments = uow.load(Shipment, ids, Shipment.lines)
    for shipment in shipments:
        waiting = [line for line in shipment.lines if line.delivery and not line.left]
        if waiting:
            raise Refused(
                _(
                    "%(shipment)s waits for the warehouse: ship its delivery there, and it is"
                    " handed over by itself.",
                    shipment=shipment,
                )
            )
    return give_away(uow, shipments, on or uow.today)


def give_away(uow: UnitOfWork, shipments: Sequence[Shipment], on: dt.date) -> list[Shipment]:
    """They have left: the freight is owed from now on."""
    for shipment in shipments:
        shipment.hand_over(on)
    uow.publish([cost for s in shipments if (cost := freight_of(s)) is not None])
    if uow.setting("logistics.notify") == "mail":
        uow.publish([_handed_over(shipment, on) for shipment in shipments])
    return list(shipments)


def _handed_over(shipment: Shipment, on: dt.date) -> ShipmentHandedOver:
    return ShipmentHandedOver(
        shipment=ref(shipment),
        number=shipment.number or "",
        company_id=shipment.company_id,
        on=on,
        party_id=shipment.party_id,
        tracking_number=shipment.tracking_number or "",
    )


def freight_of(shipment: Shipment) -> CostsArose | None:
    """The freight as the books hear of it: an expense, and a debt to whoever carries it."""
    if not shipment.cost or shipment.handed_over_on is None:
        return None
    return CostsArose(
        source=ref(shipment),
        number=shipment.number or "",
        company_id=shipment.company_id,
        on=shipment.handed_over_on,
        key="freight",
        text=str(_("Freight of %(number)s", number=shipment.number or shipment.id)),
        lines=(
            CostLine(purpose="freight_out", amount=shipment.cost),
            CostLine(purpose="freight_accrued", amount=-shipment.cost),
        ),
    )


def depart(uow: UnitOfWork, ids: Sequence[int]) -> list[Shipment]:
    """The carrier is on the road."""
    return _move(uow, ids, "depart", "logistics.shipment.track")


def bring_back(uow: UnitOfWork, ids: Sequence[int]) -> list[Shipment]:
    """The goods have come back to us."""
    return _move(uow, ids, "return", "logistics.shipment.track")


def fail(uow: UnitOfWork, ids: Sequence[int], reason: str) -> list[Shipment]:
    """Nobody took the goods; the reason is kept."""
    shipments = _move(uow, ids, "fail", "logistics.shipment.deliver")
    for shipment in shipments:
        shipment.proof_note = reason
    return shipments


def deliver(
    uow: UnitOfWork, ids: Sequence[int], received_by: str, on: dt.date | None = None, note: str = ""
) -> list[Shipment]:
    """Somebody has signed for the goods."""
    uow.require("logistics.shipment.deliver")
    shipments = uow.load(Shipment, ids, Shipment.lines)
    if not received_by or not received_by.strip():
        raise Refused(_("Say who has received the goods."))
    for shipment in shipments:
        shipment.deliver(on or uow.today, received_by.strip(), note or "")
    tell_delivered(uow, shipments)
    return shipments


def tell_delivered(uow: UnitOfWork, shipments: Iterable[Shipment]) -> None:
    """That the goods are with the customer; lines loaded."""
    uow.publish(
        [
            ShipmentDelivered(
                shipment=ref(s), number=s.number or "", company_id=s.company_id,
                on=s.delivered_on or uow.today, received_by=s.received_by or "",
                deliveries=tuple(s.deliveries()),
            )
            for s in shipments
        ]
    )  # fmt: skip


def cancel(uow: UnitOfWork, ids: Sequence[int]) -> list[Shipment]:
    """Nothing of it will travel."""
    uow.require("logistics.shipment.cancel")
    return call_off(uow.load(Shipment, ids, Shipment.lines))


def call_off(shipments: Sequence[Shipment]) -> list[Shipment]:
    """Cancel shipments of which nothing has left; lines loaded."""
    for shipment in shipments:
        if any(line.left for line in shipment.lines):
            raise NotCancelled(shipment)
        SHIPMENT_STEPS.move(shipment, "cancel")
    return list(shipments)


def _move(uow: UnitOfWork, ids: Sequence[int], step: str, right: str) -> list[Shipment]:
    uow.require(right)
    shipments = uow.load(Shipment, ids)
    for shipment in shipments:
        SHIPMENT_STEPS.move(shipment, step)
    return shipments


def name_carriers(uow: UnitOfWork, shipments: Sequence[Shipment]) -> None:
    """The carrier follows the service."""
    wanted = {s.service_id for s in shipments if s.service_id is not None}
    found = uow.load(Service, sorted(wanted)) if wanted else []
    services = {service.id: service for service in found}
    for shipment in shipments:
        service = services.get(shipment.service_id or 0)
        shipment.carrier_id = service.carrier_id if service else None
        shipment.check_parcels(service)


def _pack(uow: UnitOfWork, shipment: Shipment) -> None:
    """Goods that nobody parcelled are one parcel."""
    shipment.pack(shipment.service)
    if not shipment.parcels:
        parcel = shipment.one_parcel()
        uow.add(parcel)
        set_committed_value(shipment, "parcels", [parcel])
        shipment.check_parcels(shipment.service)
