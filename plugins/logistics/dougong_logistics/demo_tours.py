"""Places on the map, yesterday's tour and today's, for the demo company."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, UnitOfWork, clock
from dougong_base import Address, Party, Product
from dougong_logistics.fleet.models import Vehicle
from dougong_logistics.places.models import Place
from dougong_logistics.products.models import ProductCustoms
from dougong_logistics.returns.service import announce, start_returns
from dougong_logistics.shipments.models import Shipment, ShipmentLine
from dougong_logistics.shipments.service import deliver, depart, give_away, pack
from dougong_logistics.tours.models import PlanStop, PlanVehicle, RoutePlan, Tour, TourStop
from dougong_logistics.tours.service import plan_simply, release

D = Decimal
#: City, latitude, longitude; the first is where our depot is.
CITIES = {
    "DE": [
        ("Bremen", "53.0793", "8.8017"), ("Hamburg", "53.5511", "9.9937"),
        ("Lübeck", "53.8655", "10.6866"), ("Celle", "52.6226", "10.0815"),
        ("Berlin", "52.5200", "13.4050"), ("Leipzig", "51.3397", "12.3731"),
        ("Kiel", "54.3233", "10.1228"), ("Köln", "50.9375", "6.9603"),
    ],
    "CN": [
        ("上海", "31.2304", "121.4737"), ("苏州", "31.2989", "120.5853"),
        ("无锡", "31.4912", "120.3119"), ("杭州", "30.2741", "120.1551"),
        ("宁波", "29.8683", "121.5440"), ("南京", "32.0603", "118.7969"),
        ("北京", "39.9042", "116.4074"), ("武汉", "30.5928", "114.3055"),
    ],
}  # fmt: skip
#: Code: weight in kg, volume in m³, HS code.
GOODS = {
    "DESK": ("38", "0.35", "940330"), "CHAIR": ("6", "0.11", "940171"),
    "LAMP": ("1.8", "0.02", "940521"), "SHELF": ("24", "0.20", "940360"),
    "TABLE": ("29", "0.28", "940360"), "SOFA": ("52", "1.10", "940161"),
}  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A customer whose place is known."""

    party: Party
    place: Place


def drive_around(uow: UnitOfWork, van: Vehicle, country: str) -> None:
    """Where customers live, what goods weigh, a tour that is done and one that waits."""
    goods = _weigh(uow, country)
    depot, doors = _find_places(uow, CITIES["CN" if country == "CN" else "DE"])
    if len(doors) < 4 or len(goods) < 2:
        return
    before = _load(uow, doors[:2], goods, uow.today - dt.timedelta(days=1))
    _yesterday(uow, van, depot, before)
    _today(uow, van, depot, _load(uow, doors[:4], goods, uow.today))


def _weigh(uow: UnitOfWork, country: str) -> list[Product]:
    found = uow.session.scalars(
        select(Product).where(Product.code.in_(GOODS)).order_by(Product.code)
    ).all()
    for product in found:
        weight, volume, code = GOODS[product.code]
        product.weight = product.weight or D(weight)
        product.volume = product.volume or D(volume)
        uow.add(ProductCustoms(product_id=product.id, customs_code=code, origin=country or None))
    return list(found)


def _find_places(
    uow: UnitOfWork, cities: Sequence[tuple[str, str, str]]
) -> tuple[Place, list[Door]]:
    city, north, east = cities[0]
    depot = Place(name=city, latitude=D(north), longitude=D(east), is_depot=True)
    uow.add(depot)
    rows = uow.session.execute(
        select(Party, Address)
        .join(Address, Address.party_id == Party.id)
        .where(Party.is_customer, Address.city.in_([row[0] for row in cities]))
        .order_by(Party.id)
    ).all()
    by_city = {address.city: (party, address) for party, address in rows}
    doors: list[Door] = []
    for city, north, east in cities:
        if city not in by_city:
            continue
        party, address = by_city[city]
        # A little beside the middle of the town, where the depot is.
        place = Place(
            name=party.name, address_id=address.id, latitude=D(north) + D("0.02"),
            longitude=D(east) + D("0.03"), opens="07:30", closes="17:00", service_minutes=15,
        )  # fmt: skip
        party.phone = party.phone or f"+49 30 5550{len(doors):03d}"
        uow.add(place)
        doors.append(Door(party, place))
    return depot, doors


def _load(
    uow: UnitOfWork, doors: Sequence[Door], goods: Sequence[Product], on: dt.date
) -> list[Shipment]:
    """A shipment for each door, packed and in the car on that day."""
    shipments = []
    for n, door in enumerate(doors):
        lines = []
        for product in (goods[n % len(goods)], goods[(n + 1) % len(goods)]):
            line = ShipmentLine(product_id=product.id, quantity=D(1 + n % 3))
            line.measure(product)
            lines.append(line)
        shipment = Shipment(
            party_id=door.party.id, address_id=door.place.address_id, ship_on=on, promised_on=on,
            own=True, lines=lines, cost=ZERO,
        )  # fmt: skip
        uow.add(shipment)
        shipments.append(shipment)
    uow.flush()
    pack(uow, [s.id for s in shipments])
    return shipments


def _yesterday(uow: UnitOfWork, van: Vehicle, depot: Place, gone: Sequence[Shipment]) -> None:
    day = uow.today - dt.timedelta(days=1)
    give_away(uow, gone, day)
    depart(uow, [s.id for s in gone])
    deliver(uow, [s.id for s in gone], "E. Brandt", on=day)
    gone[0].signature = "M60 150L100 80L140 170L180 90L230 160L300 110L380 150L460 120"
    tour = Tour(
        state="done", day=day, vehicle_id=van.id, driver_id=van.driver_id, depot_id=depot.id,
        stops=[
            TourStop(shipment_id=s.id, arrives=at, outcome="delivered", arrived_at=clock.now())
            for s, at in zip(gone, ("08:10", "10:05"), strict=False)
        ],
    )  # fmt: skip
    uow.add(tour)
    uow.number(tour, "tour", on=day)
    uow.flush()
    (draft,) = start_returns(uow, [gone[1].id])
    draft.reason = "damaged"
    uow.flush()
    announce(uow, [draft.id])


def _today(uow: UnitOfWork, van: Vehicle, depot: Place, loaded: Sequence[Shipment]) -> None:
    plan = RoutePlan(
        day=uow.today, speed=80,
        vehicles=[PlanVehicle(vehicle_id=van.id, depot_id=depot.id)],
        stops=[PlanStop(shipment_id=s.id) for s in loaded],
    )  # fmt: skip
    uow.add(plan)
    uow.flush()
    plan_simply(uow, [plan.id])
    release(uow, [plan.id])
    give_away(uow, loaded, uow.today)
