"""Looking lots up."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_inventory.lots.models import Lot
from dougong_inventory.moves.models import Move


def lot_numbers(uow: UnitOfWork, moves: Iterable[Move]) -> dict[int | None, str]:
    """The numbers of the lots that moved, by id; no question is asked when nothing is traced."""
    ids = {move.lot_id for move in moves if move.lot_id}
    if not ids:
        return {}
    rows = uow.session.execute(select(Lot.id, Lot.number).where(Lot.id.in_(ids)))
    return {row.id: row.number for row in rows}
