"""Taking the opening stock into the books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dougong import UnitOfWork
from dougong_inventory.finishing import take_up
from dougong_inventory.moves.arrivals import Arrival, take_in
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.openings.models import Opening
from dougong_inventory.warehouses.service import find_places


def open_stock(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Opening]:
    """Enter what was there on the first day, with its value."""
    uow.require("inventory.opening.open")
    openings = take_up(uow, Opening, ids, Opening.lines)
    places = find_places(uow)
    arrivals = []
    for opening in openings:
        opening.open(on)
        past_or_today(uow, opening.opened_on)
        uow.number(opening, "opening", on=opening.opened_on)
        arrivals += [
            Arrival(
                document=opening,
                line=line,
                quantity=line.quantity,
                unit_cost=line.unit_cost,
                reason="opening",
                from_id=places.outside[opening.company_id, "opening"],
                to_id=opening.location_id or places.stock_of(opening.warehouse_id),
                on=opening.opened_on,
            )
            for line in opening.lines
        ]
    take_in(uow, arrivals)
    return openings
