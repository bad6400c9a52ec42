"""The driver's sheet: the stops in their order, with what is handed over and room for signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from dougong import _
from dougong.printing import Beside, Box, Code, Desk, Facts, Print, Sheet, Words
from dougong.printing.sheets import Part, Say
from dougong_base import Party, addressed
from dougong_logistics.shipments.models import Shipment, ShipmentLine
from dougong_logistics.tours.models import Tour, TourStop


def lay_out_sheets(desk: Desk, tours: Sequence[Tour]) -> Iterator[Sheet]:
    """One sheet for each driver."""
    statement = (
        select(Tour)
        .where(Tour.id.in_([tour.id for tour in tours]))
        .options(
            joinedload(Tour.vehicle), joinedload(Tour.driver), joinedload(Tour.depot),
            selectinload(Tour.stops).joinedload(TourStop.shipment).options(
                joinedload(Shipment.party).selectinload(Party.addresses),
                joinedload(Shipment.address),
                selectinload(Shipment.parcels),
                selectinload(Shipment.lines).joinedload(ShipmentLine.product),
            ),
        )
        .execution_options(populate_existing=True)
    )  # fmt: skip
    found = {tour.id: tour for tour in desk.session.scalars(statement)}
    for tour in (found[known.id] for known in tours):
        yield Sheet(
            title=f"{_('Driver sheet')} {tour.number or ''}".strip(),
            facts=_facts(desk, tour),
            dated=tour.day,
            parts=[_stop(desk, at, stop) for at, stop in enumerate(tour.stops, 1)],
        )


def _facts(desk: Desk, tour: Tour) -> list[tuple[Say, object]]:
    return [
        (_("Date"), desk.fmt.date(tour.day)),
        (_("Vehicle"), tour.vehicle.plate),
        (_("Driver"), tour.driver.name if tour.driver else ""),
        (_("Depot"), tour.depot.name if tour.depot else ""),
        (_("Distance"), f"{desk.fmt.trimmed(tour.distance, 1)} km" if tour.distance else ""),
        (_("Stops"), str(len(tour.stops))),
    ]


def _stop(desk: Desk, at: int, stop: TourStop) -> Part:
    """Where to go, what to hand over, and where the receiver signs."""
    shipment = stop.shipment
    name, *address = addressed(desk, shipment.party, "delivery", shipment.address) or [""]
    goods = "\n".join(
        f"{desk.quantity(line.quantity)} × {line.product.name}" for line in shipment.lines
    )
    weight = f"{desk.fmt.trimmed(shipment.load.weight, 1)} kg"
    phone = shipment.party.phone if shipment.party else ""
    facts: list[tuple[Say, object]] = [
        (_("Arrival"), stop.arrives or ""), (_("Parcels"), str(len(shipment.parcels) or 1)),
        (_("Weight"), weight), (_("Phone"), phone or ""), (_("Goods"), goods),
    ]  # fmt: skip
    return Box([
        Beside(
            [
                [Words(f"{at}. {name}", strong=True, size=1.2), Words("\n".join(address))],
                [Facts(facts)],
                [Code(shipment.number or str(shipment.id), height=10, width=42)],
            ],
            shares=(3, 3, 3),
        ),
        Words(f"{_('Received by')}: ______________________   {_('Time')}: ________"),
    ])  # fmt: skip


TOUR_PRINTS = [
    Print(
        name="logistics.driver-sheet", label=_("Driver sheet"), resource="logistics.tours",
        layout=lay_out_sheets, marked=False, order=10,
    )
]  # fmt: skip
