"""How plans and tours are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from dougong import Refused, _
from dougong.resources import (
    Calendar,
    Field,
    Form,
    Kanban,
    Lines,
    Long,
    Number,
    Resource,
    Rights,
    Section,
    Tab,
)
from dougong_logistics.places.models import Place
from dougong_logistics.routes.matrix import read_roads
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.tours.models import (
    PLAN_STEPS,
    TOUR_STEPS,
    PlanStop,
    PlanVehicle,
    RoutePlan,
    Tour,
    TourStop,
)


def check_plan(plan: RoutePlan, facts: Any) -> None:
    """Pasted distances can be read."""
    try:
        read_roads(plan.matrix or "", plan.speed or 50)
    except Refused as refusal:
        facts.error(plan, "matrix", refusal.sentence)


def plan_map(noun: Any, session: Any, plan: RoutePlan, actor: Any) -> tuple[str, Mapping[str, Any]]:
    """The routes of all vehicles, drawn without a map service."""
    whole = session.get(
        RoutePlan,
        plan.id,
        options=[
            selectinload(RoutePlan.stops).selectinload(PlanStop.shipment),
            selectinload(RoutePlan.vehicles).selectinload(PlanVehicle.vehicle),
            selectinload(RoutePlan.vehicles).selectinload(PlanVehicle.depot),
        ],
        populate_existing=True,
    )
    addresses = [stop.shipment.address_id for stop in whole.stops]
    rows = session.scalars(select(Place).where(Place.address_id.in_(addresses)))
    known = {place.address_id: _degrees(place) for place in rows}
    ways = []
    for row in whole.vehicles:
        mine = [stop for stop in whole.stops if stop.vehicle_id == row.vehicle_id]
        mine.sort(key=lambda stop: stop.turn or 0)
        points = [known.get(stop.shipment.address_id) for stop in mine]
        ways.append((row.vehicle.plate, _degrees(row.depot), points))
    return "logistics/plan_map.html", {"plan": whole, "maps": maps_of(ways)}


class PlanResource(Resource):
    """The plan of a day."""

    name, model, label, one = (
        "logistics.plans", RoutePlan, _("Route plans"), _("Route plan"),
    )  # fmt: skip
    icon, identity, title, sort = "map-route", "number", "number", "-day"
    columns = ["number", "day", "state", "method", "distance", "cost"]
    search, filters = ["number", "stops.shipment.number"], ["state", "day"]
    form = Form(
        Section("day", "detour", "speed", "leave_out"),
        Lines("vehicles", "vehicle", "depot", "distance", title=_("Vehicles")),
        Lines("stops", "shipment", "vehicle", "turn", "arrives", title=_("Stops")),
        Section("matrix", title=_("Own distances")),
        Section("number", "method", "distance", "cost", "note", title=_("Result"), side=True),
    )
    fields = {
        "detour": Number(
            label=_("Detour, %"), least=100, help=_("Roads are longer than the crow's flight.")
        ),
        "speed": Number(label=_("Speed, km/h"), least=1),
        "leave_out": Field(
            label=_("Leave out who cannot be reached"),
            help=_("Else such a stop stops the plan."),
        ),
        "matrix": Long(
            label=_("Kilometres and minutes"),
            help=_(
                "A line a road: from, to, km, minutes, with the names of places; or a table with"
                " the names above and beside. Empty: from the coordinates."
            ),
        ),
        "note": Long(label=_("Note")),
        "method": Field(label=_("Method")),
        "distance": Field(label=_("Kilometres")),
        "cost": Field(label=_("Cost")),
        "vehicles.distance": Field(label=_("Kilometres")),
        "stops.turn": Field(label=_("Turn")),
        "stops.arrives": Field(label=_("Arrives")),
    }
    derived = [
        "number",
        "method",
        "distance",
        "cost",
        "note",
        "vehicles.distance",
        "stops.vehicle",
        "stops.turn",
        "stops.arrives",
    ]
    steps = PLAN_STEPS
    check = check_plan
    tabs = [Tab("map", _("Map"), plan_map)]
    rights = Rights("logistics.plan")


def driver_sheet(noun: Any, session: Any, tour: Tour, actor: Any) -> tuple[str, Mapping[str, Any]]:
    """The stops in their order, with a drawing of the way."""
    whole = session.get(
        Tour,
        tour.id,
        options=[
            selectinload(Tour.stops).selectinload(TourStop.shipment).selectinload(Shipment.address),
            selectinload(Tour.stops).selectinload(TourStop.shipment).selectinload(Shipment.party),
            selectinload(Tour.vehicle),
            selectinload(Tour.driver),
            selectinload(Tour.depot),
        ],
        populate_existing=True,
    )
    addresses = [stop.shipment.address_id for stop in whole.stops]
    rows = session.scalars(select(Place).where(Place.address_id.in_(addresses)))
    known = {place.address_id: _degrees(place) for place in rows}
    points = [known.get(address) for address in addresses]
    depot = _degrees(whole.depot)
    return "logistics/driver_sheet.html", {"tour": whole, "map": drawn(depot, points)}


def _degrees(place: Place | None) -> tuple[float, float] | None:
    return None if place is None else (float(place.latitude), float(place.longitude))


def drawn(
    depot: tuple[float, float] | None, points: list[tuple[float, float] | None]
) -> Mapping[str, Any] | None:
    """Where to draw the depot and the stops in a box of 100 by 60; None where too little is known."""
    return maps_of([("", depot, points)])[0][1]


Way = tuple[str, tuple[float, float] | None, list[tuple[float, float] | None]]


def maps_of(ways: list[Way]) -> list[tuple[str, Mapping[str, Any] | None]]:
    """The ways of several vehicles on one scale; None for one of which too little is known."""
    there = [p for _name, depot, points in ways for p in (depot, *points) if p is not None]
    if not there:
        return [(name, None) for name, _depot, _points in ways]
    lats, lons = [p[0] for p in there], [p[1] for p in there]
    tall, wide = max(max(lats) - min(lats), 1e-6), max(max(lons) - min(lons), 1e-6)

    def at(point: tuple[float, float]) -> tuple[float, float]:
        x = 5 + 90 * (point[1] - min(lons)) / wide
        return round(x, 2), round(55 - 50 * (point[0] - min(lats)) / tall, 2)

    return [(name, _way(at, depot, points)) for name, depot, points in ways]


def _way(
    at: Any, depot: tuple[float, float] | None, points: list[tuple[float, float] | None]
) -> Mapping[str, Any] | None:
    if sum(p is not None for p in (depot, *points)) < 2:
        return None
    dots = [(n, *at(p)) for n, p in enumerate(points, 1) if p is not None]
    start = at(depot) if depot else None
    way = [*([start] if start else []), *((x, y) for _n, x, y in dots)]
    if start:
        way.append(start)
    return {"dots": dots, "depot": start, "line": " ".join(f"{x},{y}" for x, y in way)}


class TourResource(Resource):
    """What each vehicle drives."""

    name, model, label, one = "logistics.tours", Tour, _("Tours"), _("Tour")
    manual = "logistics#routes"
    icon, identity, title, sort = "steering-wheel", "number", "number", "-day"
    columns = ["number", "day", "vehicle", "driver", "state"]
    search, filters = ["number", "vehicle.plate", "driver.name"], [
        "state", "day", "vehicle", "driver",
    ]  # fmt: skip
    form = Form(
        Section("day", "vehicle", "driver", "depot"),
        Lines("stops", "shipment", "arrives", title=_("Stops")),
        Section("number", "distance", title=_("Trail"), side=True),
    )
    fields = {
        "stops.arrives": Field(label=_("Arrives")),
        "depot": Field(label=_("Depot")),
        "distance": Field(label=_("Kilometres")),
    }
    derived = ["number", "distance", "stops.arrives"]
    boards = [
        Kanban("state", card=["number", "vehicle", "driver"]),
        Calendar("day"),
    ]
    tabs = [Tab("sheet", _("Driver sheet"), driver_sheet)]
    steps = TOUR_STEPS
    rights = Rights("logistics.tour")
