"""Goods from production come onto the shelves, and material that was not used comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from dougong import ZERO, UnitOfWork
from dougong_base.events import (
    IssuedLine,
    MaterialsIssued,
    MaterialsUsed,
    ProductionFinished,
)
from dougong_base.ports import GoodsToInspect
from dougong_inventory.moves.arrivals import Arrival, take_in
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.models import Move
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.valuation.queries import unit_costs
from dougong_inventory.warehouses.service import Places, find_places

PLACES = Decimal("0.000001")


class Line(NamedTuple):
    """A line of a receipt from production, and what it is worth to the cent if that is known."""

    row: ReceiptLine
    value: Decimal | None = None


def take_in_goods(uow: UnitOfWork, events: Sequence[ProductionFinished]) -> None:
    """What was made lies on the shelves, worth what it has cost to make.

    Each event is a receipt of its own: an order may be finished in parts.
    """
    _receive(uow, [(event, _made(event)) for event in events])


def take_back(uow: UnitOfWork, events: Sequence[MaterialsUsed]) -> None:
    """Material that production does not need lies on the shelves again, at its present cost."""
    if not events:
        return
    products = {line.product_id for event in events for line in event.lines if line.quantity < 0}
    costs = unit_costs(uow.session, uow.company_id, products)
    both = [(event, _unused(event, costs)) for event in events]
    moves = _receive(uow, both)
    uow.publish(_returned(event, moves[event.source.id]) for event, _receipt in both)


def _made(event: ProductionFinished) -> list[Line]:
    return [
        Line(
            ReceiptLine(
                product_id=line.product_id,
                quantity=line.quantity,
                received=line.quantity,
                unit_cost=(line.cost / line.quantity).quantize(PLACES, ROUND_HALF_UP),
                lots=line.lot or None,
                expires_on=line.expires_on,
                source_line_id=line.line_id,
            ),
            line.cost,
        )
        for line in event.lines
        if line.quantity
    ]


def _unused(event: MaterialsUsed, costs: dict[int, Decimal]) -> list[Line]:
    return [
        Line(
            ReceiptLine(
                product_id=line.product_id,
                quantity=-line.quantity,
                received=-line.quantity,
                unit_cost=costs[line.product_id],
                lots=line.lot or None,
                source_line_id=line.line_id,
            )
        )
        for line in event.lines
        if line.quantity < 0
    ]


def _receive(
    uow: UnitOfWork,
    wanted: Iterable[tuple[ProductionFinished | MaterialsUsed, list[Line]]],
) -> dict[int, list[Move]]:
    """Write the receipts and carry the goods in; returns the moves by the order they come from."""
    both = [(event, lines) for event, lines in wanted if lines]
    places = find_places(uow)
    arrivals = []
    for event, lines in both:
        receipt = _receipt(uow, event, [line.row for line in lines], places)
        waiting = _waiting(uow, event)
        arrivals += [_arrival(receipt, line, places, waiting) for line in lines]
    uow.flush()  # once a receipt that is done has its number, no line can join it
    moves = take_in(uow, arrivals)
    found: dict[int, list[Move]] = {event.source.id: [] for event, _lines in both}
    for move in moves:
        found[move.source_id or 0].append(move)
    return found


def _waiting(uow: UnitOfWork, event: ProductionFinished | MaterialsUsed) -> Collection[int]:
    """What is inspected before anybody may use it; material that comes back is not."""
    inspectors = uow.ask(GoodsToInspect)
    if inspectors is None or isinstance(event, MaterialsUsed):
        return ()
    products = {line.product_id for line in event.lines}
    return inspectors.apart("final", event.company_id, products)


def _receipt(
    uow: UnitOfWork,
    event: ProductionFinished | MaterialsUsed,
    lines: list[ReceiptLine],
    places: Places,
) -> Receipt:
    on = past_or_today(uow, event.on)
    receipt = Receipt(
        company_id=event.company_id,
        state="received",
        kind="production",
        warehouse_id=places.warehouse_of(event.company_id, event.warehouse_id),
        expected_on=on,
        received_on=on,
        source_kind=event.source.kind,
        source_id=event.source.id,
        lines=lines,
    )
    uow.add(receipt)
    uow.number(receipt, "receipt", on=on)
    uow.cite(receipt, "reference", event.source, event.number)
    uow.link(event.source, receipt, "goods")
    return receipt


def _arrival(receipt: Receipt, line: Line, places: Places, waiting: Collection[int]) -> Arrival:
    apart = line.row.product_id in waiting
    find = places.quarantine_of if apart else places.stock_of
    return Arrival(
        document=receipt,
        line=line.row,
        quantity=line.row.received,
        unit_cost=line.row.unit_cost,
        value=line.value,
        reason="production",
        from_id=places.outside[receipt.company_id, "production"],
        to_id=find(receipt.warehouse_id),
        on=receipt.received_on or dt.date.min,
        source=receipt.source,
        source_line_id=line.row.source_line_id,
    )


def _returned(event: MaterialsUsed, moves: Sequence[Move]) -> MaterialsIssued:
    """Tell the order that it has cost so much less."""
    return MaterialsIssued(
        source=event.source,
        company_id=event.company_id,
        on=event.on,
        lines=tuple(
            IssuedLine(
                source_line_id=move.source_line_id or 0,
                product_id=move.product_id,
                quantity=ZERO - move.quantity,
                cost=ZERO - move.value,
            )
            for move in moves
        ),
    )
