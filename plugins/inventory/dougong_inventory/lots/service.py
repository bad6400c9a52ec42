"""Lots and serial numbers as people write them, and the lots behind them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Protocol

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_inventory.lots.models import Lot
from dougong_inventory.moves.facts import ProductFacts
from dougong_inventory.moves.service import LotMissing
from dougong_inventory.stock.models import Stock

Key = tuple[int, int, str]


class Incoming(Protocol):
    """A line of goods that come in, with their lot or serial numbers as text."""

    product_id: int
    lots: str | None
    expires_on: dt.date | None


class WrongSerials(Refused):
    """As many numbers as pieces."""

    def __init__(self, product: str, pieces: Decimal, numbers: int) -> None:
        super().__init__(
            _(
                "%(product)s: %(pieces)s pieces need as many different serial numbers, separated by"
                " commas; there are %(numbers)s.",
                product=product,
                pieces=f"{pieces.normalize():f}",
                numbers=numbers,
            )
        )


class SerialInHouse(Refused):
    """A piece cannot come in twice."""

    def __init__(self, numbers: str) -> None:
        super().__init__(
            _("These serial numbers are in the house already: %(numbers)s.", numbers=numbers)
        )


def parts_of(
    line: Incoming, quantity: Decimal, facts: ProductFacts
) -> list[tuple[str | None, Decimal]]:
    """The numbers on a line with their quantities: one lot for all of it, or one serial a piece."""
    if facts.tracking == "none":
        return [(None, quantity)]
    if facts.tracking == "lot":
        number = (line.lots or "").strip()
        if not number:
            raise LotMissing(facts.code)
        return [(number, quantity)]
    numbers = [part.strip() for part in re.split(r"[,;\n]", line.lots or "") if part.strip()]
    if not numbers:
        raise LotMissing(facts.code)
    if len(set(numbers)) != len(numbers) or len(numbers) != quantity:
        raise WrongSerials(facts.code, quantity, len(numbers))
    return [(number, Decimal(1)) for number in numbers]


def lots_for(uow: UnitOfWork, wanted: Mapping[Key, dt.date | None]) -> dict[Key, int]:
    """The lots of these companies, products and numbers; those that are new are written down."""
    if not wanted:
        return {}
    rows = uow.session.execute(
        select(Lot.company_id, Lot.product_id, Lot.number, Lot.id).where(
            Lot.product_id.in_({product for _, product, _ in wanted}),
            Lot.number.in_({number for _, _, number in wanted}),
        )
    )
    found = {(company, product, number): id for company, product, number, id in rows}
    for key, expires_on in wanted.items():
        if key not in found:
            company, product, number = key
            lot = Lot(company_id=company, product_id=product, number=number, expires_on=expires_on)
            uow.add(lot)
            found[key] = lot.id
    return found


def refuse_serials_in_house(uow: UnitOfWork, lot_ids: Iterable[int]) -> None:
    """A serial number that lies somewhere in the house cannot come in again."""
    ids = set(lot_ids)
    if not ids:
        return
    there = uow.session.scalars(
        select(Lot.number)
        .join(Stock, Stock.lot_id == Lot.id)
        .where(Lot.id.in_(ids), Stock.on_hand > 0)
        .order_by(Lot.number)
    ).all()
    if there:
        raise SerialInHouse(", ".join(there))
