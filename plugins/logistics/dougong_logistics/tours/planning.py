"""From the plan of a day to the problem that is solved, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _, rounded_to
from dougong_logistics.places.models import Place, minutes
from dougong_logistics.routes.matrix import between, read_roads
from dougong_logistics.routes.problem import (
    DAY,
    Problem,
    Routes,
    Stop,
    Van,
    cost,
    length,
    matrices,
    schedule,
    unreachable,
)
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.tours.models import PlanVehicle, RoutePlan

#: Thousandths of a cent in one unit of the currency.
FINE = 100_000
WHY = {
    "place": _("nobody has entered where its address lies"),
    "weight": _("it is heavier than any vehicle carries"),
    "volume": _("it needs more room than any vehicle has"),
    "time": _("no vehicle comes there and back within its shift and the opening hours"),
}


class Unreachable(Refused):
    """A stop that no vehicle can serve even alone."""

    def __init__(self, stop: Stop, why: str) -> None:
        super().__init__(
            _(
                "%(stop)s cannot be reached: %(why)s. Take it out or send it with a carrier.",
                stop=stop.name,
                why=WHY[why],
            )
        )


def problem_of(uow: UnitOfWork, plan: RoutePlan) -> Problem:
    """The day as arithmetic; refused where a place is unknown or a stop cannot be reached."""
    if not plan.vehicles:
        raise Refused(_("Add a vehicle and its depot to the plan first."))
    if not plan.stops:
        raise Refused(_("Add shipments to the plan first, or collect those of the day."))
    uow.load(PlanVehicle, [v.id for v in plan.vehicles], PlanVehicle.vehicle, PlanVehicle.depot)
    shipments = uow.load(
        Shipment,
        [stop.shipment_id for stop in plan.stops],
        Shipment.lines,
        Shipment.parcels,
        Shipment.address,
    )
    known = _places(uow, shipments, plan.leave_out)
    points = list(dict.fromkeys([*(v.depot for v in plan.vehicles), *known.values()]))
    metres, seconds = _roads(plan, points)
    problem = Problem(
        [_stop(s, known.get(s.address_id), points) for s in shipments],
        [_van(v, points.index(v.depot)) for v in plan.vehicles],
        metres,
        seconds,
    )  # fmt: skip
    if not plan.leave_out:
        for stop, why in unreachable(problem):
            raise Unreachable(stop, why)
    return problem


def reachable(problem: Problem) -> tuple[Problem, list[int], list[str]]:
    """The part of the problem that can be solved, its stops' old numbers, and who stays here why."""
    gone = {stop.name: why for stop, why in unreachable(problem)}
    kept = [n for n, stop in enumerate(problem.stops) if stop.name not in gone]
    part = replace(problem, stops=[problem.stops[n] for n in kept])
    told = [
        str(_("%(stop)s stays here: %(why)s.", stop=name, why=WHY[why]))
        for name, why in gone.items()
    ]
    return part, kept, told


def _roads(plan: RoutePlan, places: Sequence[Place]) -> tuple[list[list[int]], list[list[int]]]:
    """How far it is between the places: as somebody has measured, else from the coordinates."""
    if plan.matrix and plan.matrix.strip():
        return between(read_roads(plan.matrix, plan.speed), [place.name for place in places])
    return matrices([place.point for place in places], float(plan.detour) / 100, plan.speed)


def _places(
    uow: UnitOfWork, shipments: Sequence[Shipment], leave_out: bool
) -> dict[int | None, Place]:
    """By address, where it lies; refused where nobody knows, unless such stops may stay here."""
    wanted = {s.address_id for s in shipments if s.address_id is not None}
    rows = uow.look(select(Place).where(Place.address_id.in_(wanted))).scalars()
    known: dict[int | None, Place] = {place.address_id: place for place in rows}
    for shipment in shipments:
        if shipment.address_id not in known and not leave_out:
            raise Refused(
                _(
                    "Nobody knows where %(address)s (%(shipment)s) lies: enter its place with"
                    " latitude and longitude.",
                    address=shipment.address or "–",
                    shipment=shipment,
                )
            )
    return known


def _stop(shipment: Shipment, place: Place | None, points: Sequence[Place]) -> Stop:
    load = shipment.load
    return Stop(
        name=str(shipment),
        place=0 if place is None else points.index(place),
        weight=int(load.weight * 1000),
        volume=int(load.volume * 1000),
        opens=minutes(place.opens, 0) * 60 if place else 0,
        closes=minutes(place.closes, 24 * 60) * 60 if place else DAY,
        service=place.service_minutes * 60 if place else 0,
        known=place is not None,
    )


def _van(row: PlanVehicle, depot: int) -> Van:
    vehicle = row.vehicle
    return Van(
        name=vehicle.plate,
        depot=depot,
        weight=int(vehicle.capacity * 1000),
        volume=None if vehicle.room is None else int(vehicle.room * 1000),
        starts=minutes(vehicle.starts, 0) * 60,
        ends=minutes(vehicle.ends, 24 * 60) * 60,
        fixed=int(vehicle.cost_a_day * FINE),
        # Where nobody says what a kilometre costs, short is good.
        metre=max(1, int(vehicle.cost_a_km * FINE / 1000)),
    )


def write_down(plan: RoutePlan, problem: Problem, routes: Routes) -> None:
    """The plan takes the routes over: vehicle, order and time of each stop, kilometres and cost."""
    for stop in plan.stops:
        stop.vehicle_id = stop.turn = stop.arrives = None
    metres = 0
    for van, row, numbers in zip(problem.vans, plan.vehicles, routes.by_van, strict=True):
        times = schedule(problem, van, numbers) or []
        way = length(problem, van, numbers)
        row.distance = rounded_to(Decimal(way) / 1000, 3)
        metres += way
        for turn, (number, time) in enumerate(zip(numbers, times, strict=False), 1):
            stop = plan.stops[number]
            stop.vehicle_id, stop.turn, stop.arrives = row.vehicle_id, turn, clock(time[0])
    plan.distance = rounded_to(Decimal(metres) / 1000, 3)
    plan.cost = rounded_to(Decimal(cost(problem, routes)) / FINE, 2)
    plan.method = routes.method


def clock(seconds: int) -> str:
    """Seconds since midnight as people read them."""
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
