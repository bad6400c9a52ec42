"""Carrying goods from one place of the house to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dougong import Refused, UnitOfWork, _
from dougong_inventory.deliveries.queue import carry_and_serve
from dougong_inventory.finishing import take_up
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.service import Carriage
from dougong_inventory.transfers.models import TRANSFER_STEPS, Transfer


class NotInside(Refused):
    """A transfer stays in the house."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A transfer goes between places of the house. Use a delivery, a receipt, a count or"
                " a scrapping for what leaves or comes."
            )
        )


def transfer(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Transfer]:
    """Carry the goods over; only what nobody has reserved can go."""
    uow.require("inventory.transfer.transfer")
    on = past_or_today(uow, on)
    transfers = take_up(uow, Transfer, ids, Transfer.lines, Transfer.origin, Transfer.destination)
    carriages = []
    for document in transfers:
        if not (document.origin.inside and document.destination.inside):
            raise NotInside
        document.carry_out(on)
        uow.number(document, "transfer", on=on)
        carriages += [
            Carriage(
                document=document,
                line_id=line.id,
                reason="transfer",
                way="inside",
                product_id=line.product_id,
                quantity=line.quantity,
                from_id=document.origin_id,
                to_id=document.destination_id,
                lot_id=line.lot_id or 0,
                on=on,
            )
            for line in document.lines
        ]
    carry_and_serve(uow, carriages)
    return transfers


def cancel(uow: UnitOfWork, ids: Sequence[int]) -> list[Transfer]:
    """The goods stay where they are."""
    uow.require("inventory.transfer.write")
    transfers = uow.load(Transfer, ids)
    for document in transfers:
        TRANSFER_STEPS.move(document, "cancel")
    return transfers
