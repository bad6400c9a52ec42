"""Report: what a kilometre of each vehicle has cost; and the card of services that are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import ZERO, Widget, _, rounded_to
from dougong.reports import Column, Line, Parameter, Report, today
from dougong_logistics.fleet.models import FleetEntry, Vehicle


def costs(session: Session, actor: Any, start: dt.date, end: dt.date) -> Iterator[Line]:
    """A line a vehicle: kilometres between the readings, litres, cost, cost a kilometre."""
    rows = session.execute(
        select(FleetEntry, Vehicle.plate)
        .join(Vehicle, Vehicle.id == FleetEntry.vehicle_id)
        .where(FleetEntry.on >= start, FleetEntry.on <= end)
        .order_by(Vehicle.plate, FleetEntry.on)
    ).all()
    by_plate: dict[tuple[str, int], list[FleetEntry]] = {}
    for entry, plate in rows:
        by_plate.setdefault((plate, entry.vehicle_id), []).append(entry)
    for (plate, id), entries in by_plate.items():
        readings = [e.odometer for e in entries if e.odometer is not None]
        km = Decimal(max(readings) - min(readings)) if readings else ZERO
        amount = sum((e.amount for e in entries), ZERO)
        litres = sum((e.litres for e in entries), ZERO)
        burnt = _burnt(entries)
        yield Line(
            {
                "plate": plate,
                "km": km,
                "litres": litres,
                "amount": amount,
                "a_hundred": rounded_to(burnt * 100 / km, 2) if km and burnt else None,
                "a_km": rounded_to(amount / km, 3) if km else None,
            },
            drill=f"/logistics/vehicles/{id}",
        )


def _burnt(entries: Sequence[FleetEntry]) -> Decimal:
    """What was filled in after the first reading; the first filling drove kilometres before it."""
    first = next((n for n, e in enumerate(entries) if e.odometer is not None), len(entries))
    return sum((e.litres for e in entries[first + 1 :]), ZERO)


FLEET_COSTS = Report(
    "logistics.fleet-costs",
    _("Cost of a kilometre"),
    "logistics.fleetlog.read",
    [
        Column("plate", _("Vehicle")),
        Column("km", _("Kilometres"), "number", total=True),
        Column("litres", _("Litres"), "quantity", total=True),
        Column("a_hundred", _("Litres for 100 km"), "quantity"),
        Column("amount", _("Cost"), "amount", total=True),
        Column("a_km", _("Cost of a kilometre"), "quantity"),
    ],
    costs,
    [
        Parameter("start", _("From"), default=lambda actor: actor.today.replace(month=1, day=1)),
        Parameter("end", _("To"), default=today),
    ],
    icon="gas-station",
)


def services_due(session: Session, actor: Any) -> Sequence[tuple[str, Any, str]]:
    """Vehicles that have to go to the workshop."""
    rows = session.scalars(select(Vehicle).where(Vehicle.active).order_by(Vehicle.plate))
    return [
        (v.plate, v.next_service_on, f"/logistics/vehicles/{v.id}")
        for v in rows
        if v.is_due(actor.today)
    ][:8]


DUE = Widget(
    "logistics.services_due", _("Vehicles due for service"), services_due,
    "logistics.vehicle.read", "list", "logistics.vehicles", 70,
)  # fmt: skip
