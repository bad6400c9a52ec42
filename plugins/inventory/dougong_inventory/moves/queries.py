"""The stock card of a product: every move, and what was there after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import ZERO
from dougong_inventory.moves.models import Move


class CardLine(NamedTuple):
    """One move on the card, with quantity and value after it."""

    move: Move
    quantity: Decimal
    value: Decimal


def stock_card(
    session: Session,
    product_id: int,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Iterator[CardLine]:
    """The moves of a product that changed its stock, in the order of their days."""
    quantity = value = ZERO
    mine = (Move.product_id == product_id, Move.change != 0)
    if start is not None:
        before = session.execute(
            select(func.sum(Move.change), func.sum(Move.value)).where(*mine, Move.moved_on < start)
        ).one()
        quantity, value = before[0] or ZERO, before[1] or ZERO
    moves = select(Move).where(*mine).order_by(Move.moved_on, Move.id)
    if start is not None:
        moves = moves.where(Move.moved_on >= start)
    if end is not None:
        moves = moves.where(Move.moved_on <= end)
    for move in session.scalars(moves):
        quantity += move.change
        value += move.value
        yield CardLine(move, quantity, value)
