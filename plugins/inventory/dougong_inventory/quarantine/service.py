"""What an inspection refuses is kept apart."""

from __future__ import annotations

from collections.abc import Sequence

from dougong import UnitOfWork
from dougong_base.events import GoodsRejected
from dougong_inventory.lots.queries import lot_ids
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.service import Carriage, carry
from dougong_inventory.sources import has_moved
from dougong_inventory.transfers.models import Transfer, TransferLine
from dougong_inventory.warehouses.service import find_places


def keep_apart(uow: UnitOfWork, events: Sequence[GoodsRejected]) -> None:
    """Refused goods are carried from the stock to the quarantine of their warehouse.

    Refuses when they are not there any more, or somebody has reserved them.
    """
    known = has_moved(uow, [event.source for event in events])
    fresh = [event for event in events if event.lines and event.source not in known]
    if not fresh:
        return
    places = find_places(uow)
    lots = lot_ids(uow, {(x.product_id, x.lot) for e in fresh for x in e.lines if x.lot})
    carriages = []
    for event in fresh:
        warehouse = places.warehouse_of(event.company_id, event.warehouse_id)
        on = past_or_today(uow, event.on)
        origin, apart = places.stock_of(warehouse), places.inside[warehouse, "quarantine"]
        document = Transfer(
            company_id=event.company_id,
            origin_id=origin,
            destination_id=apart,
            note=event.number or None,
            lines=[
                TransferLine(
                    product_id=line.product_id,
                    quantity=line.quantity,
                    lot_id=lots[line.product_id, line.lot] if line.lot else None,
                )
                for line in event.lines
            ],
        )
        uow.add(document)
        document.carry_out(on)
        uow.number(document, "transfer", on=on)
        uow.link(event.source, document, "quarantine")
        carriages += [
            Carriage(
                document=document,
                line_id=line.id,
                reason="transfer",
                way="inside",
                product_id=line.product_id,
                quantity=line.quantity,
                from_id=origin,
                to_id=apart,
                lot_id=line.lot_id or 0,
                on=on,
                source=event.source,
            )
            for line in document.lines
        ]
    uow.flush()  # once a transfer that is done has its number, no line can join it
    carry(uow, carriages)
