"""Freight, duty and insurance that make goods dearer after they have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, UnitOfWork, rounded
from dougong_base.events import (
    CostLine,
    CostsArose,
    LandedCostAllocated,
    LandedLine,
    StockValued,
    ValuedLine,
)
from dougong_inventory.moves.facts import ProductFacts, product_facts
from dougong_inventory.moves.models import Move
from dougong_inventory.sources import has_moved
from dougong_inventory.valuation.models import VALUE_KEY, Layer, StockValue

#: Goods by company and product, as they are valued.
Key = tuple[int, int]


def add_landed_costs(uow: UnitOfWork, events: Sequence[LandedCostAllocated]) -> None:
    """Raise the value of goods that are still here; the part of those that have left is cost of sales.

    By layers it is known which goods are left; at a moving average as many of a receipt count as
    still here as lie in stock.
    """
    known = has_moved(uow, [event.source for event in events])
    fresh = [event for event in events if event.source not in known]
    if not fresh:
        return
    keys = {(event.company_id, line.product_id) for event in fresh for line in event.lines}
    facts = product_facts(uow, {p for _company, p in keys}, {c for c, _product in keys})
    came = _arrivals(uow, fresh)
    held = uow.lock(VALUE_KEY, sorted(keys))
    layers = _layers(uow, [move.id for several in came.values() for move in several])
    for event in fresh:
        _allocate(uow, event, facts, held, came, layers)


def _arrivals(
    uow: UnitOfWork, events: Sequence[LandedCostAllocated]
) -> dict[tuple[int, int], list[Move]]:
    """The moves by which the goods came, by receipt and line of it."""
    found: dict[tuple[int, int], list[Move]] = defaultdict(list)
    receipts = {line.receipt.id for event in events for line in event.lines}
    for move in uow.session.scalars(
        select(Move)
        .where(
            Move.document_kind == "inventory.receipts",
            Move.document_id.in_(receipts),
            Move.change > 0,
        )
        .order_by(Move.id)
    ):
        found[move.document_id, move.line_id or 0].append(move)
    return found


def _layers(uow: UnitOfWork, moves: Sequence[int]) -> dict[int, Layer]:
    rows = uow.session.scalars(select(Layer).where(Layer.move_id.in_(moves)))
    return {layer.move_id: layer for layer in rows}


def _allocate(
    uow: UnitOfWork,
    event: LandedCostAllocated,
    facts: dict[Key, ProductFacts],
    held: dict[Key, StockValue],
    came: dict[tuple[int, int], list[Move]],
    layers: dict[int, Layer],
) -> None:
    kept: list[ValuedLine] = []
    gone: dict[Key, Decimal] = defaultdict(Decimal)
    for line in event.lines:
        key = event.company_id, line.product_id
        moves = came.get((line.receipt.id, line.receipt_line_id), [])
        row = held.get(key)
        stays = _stays(line, facts[key], row, moves, layers)
        gone[key] += line.value - stays
        if stays and row is not None:
            row.value += stays
            uow.add(_move(uow, event, line, moves[0], stays))
            kept.append(
                ValuedLine(
                    product_id=line.product_id,
                    category_id=facts[key].category_id,
                    quantity=ZERO,
                    value=stays,
                )
            )
    if kept:
        uow.publish(
            StockValued(
                source=event.source,
                number=event.number,
                company_id=event.company_id,
                on=event.on,
                reason="landed_cost",
                party_id=None,
                lines=tuple(kept),
            )
        )
    _charge(uow, event, facts, {key: value for key, value in gone.items() if value})


def _stays(
    line: LandedLine,
    facts: ProductFacts,
    row: StockValue | None,
    moves: Sequence[Move],
    layers: dict[int, Layer],
) -> Decimal:
    """The part of the cost that belongs to goods still here."""
    received = sum((move.quantity for move in moves), ZERO)
    if row is None or not received:
        return ZERO
    if facts.method == "fifo":
        mine = [layers[move.id] for move in moves if move.id in layers]
        left = sum((layer.left_quantity for layer in mine), ZERO)
    else:
        mine, left = [], row.quantity
    part = rounded(line.value * min(left, received) / received, facts.currency)
    _raise_layers(mine, left, part, facts.currency)
    return part


def _raise_layers(layers: Sequence[Layer], left: Decimal, part: Decimal, currency: str) -> None:
    """Share the rise out over what is left of each layer, the last taking the odd cent."""
    open_ones = [layer for layer in layers if layer.left_quantity]
    rest = part
    for layer in open_ones:
        last = layer is open_ones[-1]
        mine = rest if last else rounded(part * layer.left_quantity / left, currency)
        layer.left_value += mine
        layer.value += mine
        rest -= mine


def _move(
    uow: UnitOfWork, event: LandedCostAllocated, line: LandedLine, came: Move, value: Decimal
) -> Move:
    """A fact without a quantity: what lies there is worth more."""
    return Move(
        company_id=event.company_id,
        moved_on=event.on,
        written_at=uow.now,
        reason="landed_cost",
        product_id=line.product_id,
        lot_id=came.lot_id,
        from_id=came.to_id,
        to_id=came.to_id,
        quantity=ZERO,
        change=ZERO,
        value=value,
        party_id=came.party_id,
        document_kind=came.document_kind,
        document_id=came.document_id,
        line_id=came.line_id,
        reference=event.number,
        source_kind=event.source.kind,
        source_id=event.source.id,
        source_line_id=None,
    )


def _charge(
    uow: UnitOfWork,
    event: LandedCostAllocated,
    facts: dict[Key, ProductFacts],
    gone: dict[Key, Decimal],
) -> None:
    """Goods that have left carry their part as cost of sales."""
    if not gone:
        return
    lines = [
        CostLine(
            purpose="cost_of_goods",
            amount=value,
            product_id=key[1],
            category_id=facts[key].category_id,
        )
        for key, value in gone.items()
    ]
    total = sum(gone.values(), ZERO)
    uow.publish(
        CostsArose(
            source=event.source,
            number=event.number,
            company_id=event.company_id,
            on=event.on,
            key="goods-gone",
            text=event.number,
            lines=(*lines, CostLine(purpose="landed_cost", amount=-total)),
        )
    )
