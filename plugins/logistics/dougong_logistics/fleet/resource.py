"""How vehicles, drivers and the fleet's log are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import Refused, _, pgettext
from dougong.resources import Choice, Field, Form, Money, Number, Resource, Rights, Section
from dougong_logistics.fleet.models import ENTRIES, KINDS, Driver, FleetEntry, Vehicle
from dougong_logistics.places.models import minutes


class DriverResource(Resource):
    """Those who drive."""

    name, model, label, one = "logistics.drivers", Driver, _("Drivers"), _("Driver")
    icon, identity, title, sort = "steering-wheel", "name", "name", "name"
    columns = ["name", "phone", "licence_until", "active"]
    search, filters = ["name"], ["active", "licence_until"]
    form = Form(Section("name", "user", "phone", "licence_until", "active"))
    fields = {"licence_until": Field(label=_("Licence until"))}
    rights = Rights("logistics.driver")


def check_vehicle(vehicle: Vehicle, facts: Any) -> None:
    """It carries something, and its shift has a beginning and an end."""
    if vehicle.capacity is not None and vehicle.capacity <= 0:
        facts.error(
            vehicle, "capacity",
            _("A vehicle carries more than nothing: enter its capacity in kg."),
        )  # fmt: skip
    try:
        if minutes(vehicle.starts, 0) >= minutes(vehicle.ends, 0):
            facts.error(vehicle, "ends", _("The shift ends after it has begun."))
    except Refused as refusal:
        facts.error(vehicle, "starts", str(refusal))


class VehicleResource(Resource):
    """Our own vehicles."""

    name, model, label, one = "logistics.vehicles", Vehicle, _("Vehicles"), _("Vehicle")
    icon, identity, title, sort = "car", "plate", "plate", "plate"
    columns = ["plate", "kind", "driver", "capacity", "odometer", "next_service_on", "active"]
    search, filters = ["plate", "driver.name"], ["kind", "active", "next_service_on", "driver"]
    form = Form(
        Section("plate", "kind", "driver", "active"),
        Section("capacity", "room", "starts", "ends", title=_("Capacity and shift")),
        Section("cost_a_day", "cost_a_km", title=_("Costs"), side=True),
        Section(
            "odometer",
            "service_every_km",
            "service_every_months",
            "next_service_km",
            "next_service_on",
            title=_("Service"),
            side=True,
        ),
    )
    fields = {
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "capacity": Number(label=_("Capacity, kg")),
        "room": Number(label=_("Room, m³"), least=0),
        "starts": Field(label=_("Shift begins"), help=_("As 08:30.")),
        "ends": Field(label=_("Shift ends"), help=_("As 17:00.")),
        "cost_a_day": Money(label=_("Cost of a day on the road"), least=0),
        "cost_a_km": Number(label=_("Cost of a kilometre"), least=0),
        "odometer": Field(label=_("Odometer")),
        "service_every_km": Number(label=_("Service every, km"), least=1),
        "service_every_months": Number(label=_("Service every, months"), least=1),
        "next_service_km": Number(label=_("Service due at km"), least=0),
        "next_service_on": Field(label=_("Service due on")),
    }
    check = check_vehicle
    rights = Rights("logistics.vehicle")


def derive_entry(entry: FleetEntry, facts: Any) -> None:
    """The vehicle knows its kilometres."""
    vehicle = facts.get(Vehicle, entry.vehicle_id)
    if vehicle is not None and entry.odometer is not None and entry.odometer > vehicle.odometer:
        vehicle.odometer = entry.odometer
    if vehicle is not None and entry.kind == "service" and entry.id is None and entry.on:
        vehicle.was_serviced(entry.on, entry.odometer)


class FleetLogResource(Resource):
    """Kilometres, fuel, service and contracts, as they were entered."""

    name, model, label, one = (
        "logistics.fleetlog", FleetEntry, _("Fleet log"), pgettext("fleet", "Entry"),
    )  # fmt: skip
    icon, sort = "gas-station", "-on"
    columns = ["on", "vehicle", "kind", "odometer", "litres", "amount", "text"]
    search, filters = ["vehicle.plate", "text"], ["kind", "vehicle", "on"]
    groups, totals = ["vehicle", "kind", "on:month"], ["litres", "amount"]
    form = Form(Section("vehicle", "on", "kind", "odometer", "litres", "amount", "text"))
    fields = {
        "on": Field(label=_("Date")),
        "kind": Choice(label=_("Kind"), choices=ENTRIES),
        "odometer": Number(label=_("Odometer"), least=0),
        "litres": Number(label=_("Litres"), least=0),
        "amount": Money(label=_("Amount"), least=0),
        "text": Field(label=_("Text")),
    }
    derive = derive_entry
    rights = Rights("logistics.fleetlog")
