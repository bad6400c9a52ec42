"""Looking lots up."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_inventory.lots.models import Lot
from dougong_inventory.moves.models import Move


class NoSuchLot(Refused):
    """A lot that nobody has written down."""

    def __init__(self, lot: str) -> None:
        super().__init__(_("There is no lot or serial number %(lot)s of this product.", lot=lot))


def lot_numbers(uow: UnitOfWork, moves: Iterable[Move]) -> dict[int | None, str]:
    """The numbers of the lots that moved, by id; no question is asked when nothing is traced."""
    ids = {move.lot_id for move in moves if move.lot_id}
    if not ids:
        return {}
    rows = uow.session.execute(select(Lot.id, Lot.number).where(Lot.id.in_(ids)))
    return {row.id: row.number for row in rows}


def lot_ids(uow: UnitOfWork, named: Collection[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """The lots of these products and numbers; raises `NoSuchLot` for one that is not there."""
    if not named:
        return {}
    rows = uow.session.execute(
        select(Lot.product_id, Lot.number, Lot.id).where(
            Lot.company_id == uow.company_id,
            Lot.product_id.in_({product for product, _number in named}),
            Lot.number.in_({number for _product, number in named}),
        )
    )
    found = {(product, number): id for product, number, id in rows}
    for key in named:
        if key not in found:
            raise NoSuchLot(key[1])
    return found
