"""Cards for the home page: what is on the road, and what waits to be inspected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Widget, _
from dougong_base import Party
from dougong_logistics.fleet.models import Vehicle
from dougong_logistics.returns.models import Return
from dougong_logistics.tours.models import Tour, TourStop


def on_the_road(session: Session, actor: Any) -> Sequence[tuple[str, Any, str]]:
    """Today's tours, and how many stops of each are done."""
    tours = session.execute(
        select(Tour, Vehicle.plate)
        .join(Vehicle, Vehicle.id == Tour.vehicle_id)
        .where(Tour.day == actor.today)
        .order_by(Tour.id)
        .limit(8)
    ).all()
    rows = session.execute(
        select(TourStop.tour_id, TourStop.outcome).where(
            TourStop.tour_id.in_([tour.id for tour, _plate in tours])
        )
    ).all()
    found = []
    for tour, plate in tours:
        mine = [outcome for id, outcome in rows if id == tour.id]
        done = sum(outcome != "open" for outcome in mine)
        name = f"{tour.number} · {plate}"
        found.append((name, f"{done} / {len(mine)}", f"/logistics/tours/{tour.id}"))
    return found


def to_inspect(session: Session, actor: Any) -> Sequence[tuple[str, Any, str]]:
    """Goods that came back and that nobody has looked at."""
    rows = session.execute(
        select(Return, Party.name)
        .join(Party, Party.id == Return.party_id)
        .where(Return.state == "received")
        .order_by(Return.received_on, Return.id)
        .limit(8)
    )
    return [
        (f"{document.number} · {name}", document.received_on, f"/logistics/returns/{document.id}")
        for document, name in rows
    ]


ON_THE_ROAD = Widget(
    "logistics.on_the_road", _("Tours of today"), on_the_road,
    "logistics.tour.read", "list", "logistics.tours", 60,
)  # fmt: skip
TO_INSPECT = Widget(
    "logistics.to_inspect", _("Returns to be inspected"), to_inspect,
    "logistics.return.read", "list", "logistics.returns", 65,
)  # fmt: skip
