"""Goods that come in with a price and, where they are traced, with lot or serial numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dougong import DocumentRef, UnitOfWork, rounded, split
from dougong_inventory.deliveries.queue import carry_and_serve
from dougong_inventory.lots.service import lots_for, parts_of, refuse_serials_in_house
from dougong_inventory.moves.facts import ProductFacts, product_facts
from dougong_inventory.moves.models import Move
from dougong_inventory.moves.service import Carriage


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """A line of a document by which goods come in: so many, from there to here, at this unit cost."""

    document: Any
    line: Any
    quantity: Decimal
    #: None: the cost price of the product.
    unit_cost: Decimal | None
    reason: str
    from_id: int
    to_id: int
    on: dt.date
    party_id: int | None = None
    source: DocumentRef | None = None
    source_line_id: int | None = None
    #: What all of it is worth, where somebody has counted to the cent.
    value: Decimal | None = None

    @property
    def key(self) -> tuple[int, int]:
        """The company and the product."""
        return self.document.company_id, self.line.product_id


def take_in(uow: UnitOfWork, arrivals: Sequence[Arrival]) -> list[Move]:
    """Carry the goods in, find or write down their lots, and serve the deliveries that wait."""
    facts = product_facts(uow, {a.key[1] for a in arrivals}, {a.key[0] for a in arrivals})
    parts = [(a, parts_of(a.line, a.quantity, facts[a.key])) for a in arrivals]
    wanted = {
        (*a.key, number): a.line.expires_on
        for a, several in parts
        for number, _ in several
        if number
    }
    lots = lots_for(uow, wanted)
    refuse_serials_in_house(
        uow, [id for (*key, _), id in lots.items() if facts[key[0], key[1]].tracking == "serial"]
    )
    carriages = []
    for arrival, several in parts:
        values = _values(arrival, [quantity for _, quantity in several], facts[arrival.key])
        for (number, quantity), value in zip(several, values, strict=True):
            lot_id = lots[(*arrival.key, number)] if number else 0
            carriages.append(_carriage(arrival, quantity, value, lot_id))
    return carry_and_serve(uow, carriages)


def _values(
    arrival: Arrival, quantities: Sequence[Decimal], facts: ProductFacts
) -> Sequence[Decimal]:
    """The value of the line, shared out over its pieces without losing a cent."""
    value = arrival.value
    if value is None:
        cost = facts.cost_price if arrival.unit_cost is None else arrival.unit_cost
        value = rounded(cost * arrival.quantity, facts.currency)
    return split(value, quantities, facts.currency) if len(quantities) > 1 else [value]


def _carriage(arrival: Arrival, quantity: Decimal, value: Decimal, lot_id: int) -> Carriage:
    return Carriage(
        document=arrival.document,
        line_id=arrival.line.id,
        reason=arrival.reason,
        way="in",
        product_id=arrival.line.product_id,
        quantity=quantity,
        from_id=arrival.from_id,
        to_id=arrival.to_id,
        lot_id=lot_id,
        on=arrival.on,
        value=value,
        party_id=arrival.party_id,
        source=arrival.source,
        source_line_id=arrival.source_line_id,
    )
