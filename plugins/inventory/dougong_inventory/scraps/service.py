"""Throwing goods away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dougong import UnitOfWork
from dougong_inventory.finishing import take_up
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.service import Carriage, carry
from dougong_inventory.scraps.models import Scrap
from dougong_inventory.transfers.service import NotInside
from dougong_inventory.warehouses.service import find_places


def scrap(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Scrap]:
    """Take broken goods out of the stock; only what nobody has reserved can go."""
    uow.require("inventory.scrap.scrap")
    on = past_or_today(uow, on)
    scraps = take_up(uow, Scrap, ids, Scrap.lines, Scrap.location)
    places = find_places(uow)
    carriages = []
    for document in scraps:
        if not document.location.inside:
            raise NotInside
        document.throw_away(on)
        uow.number(document, "scrap", on=on)
        carriages += [
            Carriage(
                document=document,
                line_id=line.id,
                reason="scrap",
                way="out",
                product_id=line.product_id,
                quantity=line.quantity,
                from_id=document.location_id,
                to_id=places.outside[document.company_id, "loss"],
                lot_id=line.lot_id or 0,
                on=on,
            )
            for line in document.lines
        ]
    carry(uow, carriages)
    return scraps
