"""Carrying goods: balances, moves and values change together, in one place for every document."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from dougong import ZERO, DocumentRef, Refused, UnitOfWork, _, ref
from dougong_base.events import StockValued, ValuedLine
from dougong_inventory.moves.facts import ProductFacts, product_facts
from dougong_inventory.moves.models import Move
from dougong_inventory.stock.shelves import Shelves
from dougong_inventory.valuation.books import ValueBooks


class OnlyGoods(Refused):
    """Services do not travel."""

    def __init__(self, product: str) -> None:
        super().__init__(_("%(product)s is a service: only goods are moved.", product=product))


class LotMissing(Refused):
    """A tracked product moves only with its lot or serial number."""

    def __init__(self, product: str) -> None:
        super().__init__(
            _("%(product)s is traced: name the lot or serial number that moves.", product=product)
        )


class NotOne(Refused):
    """A serial number stands for one piece."""

    def __init__(self, product: str) -> None:
        super().__init__(
            _("%(product)s has serial numbers: each of them is exactly one piece.", product=product)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Carriage:
    """One thing to carry: what, how much, from where to where, and why."""

    document: Any
    line_id: int | None
    reason: str
    way: Literal["in", "out", "inside"]
    product_id: int
    quantity: Decimal
    from_id: int
    to_id: int
    on: dt.date
    lot_id: int = 0
    #: How much of it was put aside for this.
    reserved: Decimal = ZERO
    #: What goods that come in are worth together; the present cost when nobody says.
    value: Decimal | None = None
    party_id: int | None = None
    source: DocumentRef | None = None
    source_line_id: int | None = None

    @property
    def product_key(self) -> tuple[int, int]:
        """The company and the product: what is valued."""
        return self.document.company_id, self.product_id

    def place(self, location_id: int) -> tuple[int, int, int, int]:
        """The stock row at this location."""
        return self.document.company_id, self.product_id, location_id, self.lot_id


def carry(uow: UnitOfWork, carriages: Sequence[Carriage]) -> list[Move]:
    """Carry all of this, or refuse all of it. Nothing falls below zero, and nobody waits in a circle.

    Locks are taken in one order: stock rows by key, then value rows by key.
    """
    if not carriages:
        return []
    facts = product_facts(
        uow, {c.product_id for c in carriages}, {c.document.company_id for c in carriages}
    )
    for carriage in carriages:
        _check(carriage, facts[carriage.product_key])
    inside = [c.place(c.from_id) for c in carriages if c.way != "in"]
    inside += [c.place(c.to_id) for c in carriages if c.way != "out"]
    shelves = Shelves(uow, facts, inside)
    books = ValueBooks(uow, facts, [c.product_key for c in carriages if c.way != "inside"])
    moves = []
    for carriage in carriages:
        if carriage.way != "in":
            shelves.take(
                carriage.place(carriage.from_id), carriage.quantity, reserved=carriage.reserved
            )
        if carriage.way != "out":
            shelves.put(carriage.place(carriage.to_id), carriage.quantity)
        moves.append(_write(uow, carriage, books))
    uow.add(*moves)
    uow.publish(_valued(carriages, moves, facts))
    return moves


def _check(carriage: Carriage, facts: ProductFacts) -> None:
    if facts.kind != "goods":
        raise OnlyGoods(facts.code)
    if facts.tracking == "none":
        return
    if not carriage.lot_id:
        raise LotMissing(facts.code)
    if facts.tracking == "serial" and carriage.quantity != 1:
        raise NotOne(facts.code)


def _write(uow: UnitOfWork, carriage: Carriage, books: ValueBooks) -> Move:
    """The fact, with what it does to quantity and value."""
    id, key, quantity = uow.id(), carriage.product_key, carriage.quantity
    change = value = ZERO
    if carriage.way == "out":
        change, value = -quantity, -books.leave(key, quantity)
    elif carriage.way == "in":
        change = quantity
        value = books.worth(key, quantity) if carriage.value is None else carriage.value
        books.enter(key, id, quantity, value, carriage.on)
    source = carriage.source or DocumentRef(None, None)  # type: ignore[arg-type]
    return Move(
        id=id,
        company_id=carriage.document.company_id,
        moved_on=carriage.on,
        written_at=uow.now,
        reason=carriage.reason,
        product_id=carriage.product_id,
        lot_id=carriage.lot_id or None,
        from_id=carriage.from_id,
        to_id=carriage.to_id,
        quantity=quantity,
        change=change,
        value=value,
        party_id=carriage.party_id,
        document_kind=carriage.document.__document__,
        document_id=carriage.document.id,
        line_id=carriage.line_id,
        reference=carriage.document.number or "",
        source_kind=source.kind,
        source_id=source.id,
        source_line_id=carriage.source_line_id,
    )


def _valued(
    carriages: Sequence[Carriage],
    moves: Sequence[Move],
    facts: dict[tuple[int, int], ProductFacts],
) -> Iterable[StockValued]:
    """Tell the ledger, a document at a time, what the stock is worth more or less."""
    by_document: dict[DocumentRef, list[tuple[Carriage, Move]]] = defaultdict(list)
    for carriage, move in zip(carriages, moves, strict=True):
        if move.value:
            by_document[ref(carriage.document)].append((carriage, move))
    for document, both in by_document.items():
        first = both[0][0]
        yield StockValued(
            source=document,
            number=first.document.number or "",
            company_id=first.document.company_id,
            on=first.on,
            reason=first.reason,
            party_id=first.party_id,
            lines=tuple(
                ValuedLine(
                    product_id=move.product_id,
                    category_id=facts[carriage.product_key].category_id,
                    quantity=move.change,
                    value=move.value,
                )
                for carriage, move in both
            ),
        )
