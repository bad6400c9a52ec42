"""What people do with receipts: expect, receive, cancel. Every verb does a whole batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select

from dougong import UnitOfWork, ref
from dougong_base.events import GoodsReceived, MovedLine
from dougong_inventory.lots.queries import lot_numbers
from dougong_inventory.moves.arrivals import Arrival, take_in
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.models import Move
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.warehouses.service import Places, find_places


def expect(uow: UnitOfWork, ids: Sequence[int]) -> list[Receipt]:
    """The goods are on their way."""
    uow.require("inventory.receipt.write")
    receipts = uow.load(Receipt, ids, Receipt.lines)
    for receipt in receipts:
        receipt.expect()
        uow.number(receipt, "receipt")
    return receipts


def cancel(uow: UnitOfWork, ids: Sequence[int]) -> list[Receipt]:
    """The goods will not come."""
    uow.require("inventory.receipt.cancel")
    receipts = uow.load(Receipt, ids)
    for receipt in receipts:
        receipt.cancel()
    return receipts


def receive(
    uow: UnitOfWork,
    ids: Sequence[int],
    on: dt.date | None = None,
    quantities: Mapping[int, Decimal] | None = None,
) -> list[Receipt]:
    """The goods are here; deliveries that wait for them are served. What is missing stays expected."""
    uow.require("inventory.receipt.receive")
    on = past_or_today(uow, on)
    receipts = uow.load(Receipt, ids, Receipt.lines, lock=True)
    for receipt in receipts:
        receipt.receive(on, quantities)
        if not receipt.number:
            uow.number(receipt, "receipt", on=on)
    places = find_places(uow, {receipt.company_id for receipt in receipts})
    costs = _shipped_costs(uow, receipts)
    moves = take_in(uow, [a for r in receipts for a in _arrivals(r, places, costs)])
    for receipt in receipts:
        _keep_rest(uow, receipt)
    lots = lot_numbers(uow, moves)
    uow.publish(_received(receipt, moves, lots) for receipt in receipts)
    return receipts


def _arrivals(
    receipt: Receipt, places: Places, costs: Mapping[int, Decimal]
) -> Iterable[Arrival]:
    role = "customers" if receipt.returned else "suppliers"
    for line in receipt.lines:
        if line.received:
            yield Arrival(
                document=receipt,
                line=line,
                quantity=line.received,
                unit_cost=_unit_cost(line, costs),
                reason="return" if receipt.returned else "receipt",
                from_id=places.outside[receipt.company_id, role],
                to_id=receipt.location_id or places.stock_of(receipt.warehouse_id),
                on=receipt.received_on or dt.date.min,
                party_id=receipt.party_id,
                source=receipt.source,
                source_line_id=line.source_line_id,
            )


def _unit_cost(line: ReceiptLine, costs: Mapping[int, Decimal]) -> Decimal | None:
    """What one piece costs: as entered, or what it left the house with."""
    if line.unit_cost is not None or line.source_line_id is None:
        return line.unit_cost
    return costs.get(line.source_line_id)


def _shipped_costs(uow: UnitOfWork, receipts: Collection[Receipt]) -> dict[int, Decimal]:
    """What goods that come back cost when they left, a piece, by line of their source."""
    lines = {
        line.source_line_id
        for receipt in receipts
        if receipt.returned
        for line in receipt.lines
        if line.source_line_id and line.unit_cost is None
    }
    if not lines:
        return {}
    rows = uow.session.execute(
        select(Move.source_line_id, func.sum(Move.value), func.sum(Move.change))
        .where(Move.source_line_id.in_(lines), Move.reason == "shipment")
        .group_by(Move.source_line_id)
    )
    return {line: value / change for line, value, change in rows}


def _keep_rest(uow: UnitOfWork, receipt: Receipt) -> None:
    """What did not come stays expected as a new receipt."""
    rest = receipt.rest()
    if rest is not None:
        uow.add(rest)
        uow.number(rest, "receipt")
        uow.link(receipt, rest, "backorder")


def _received(
    receipt: Receipt, moves: Sequence[Move], lots: Mapping[int | None, str]
) -> GoodsReceived:
    return GoodsReceived(
        receipt=ref(receipt),
        number=receipt.number or "",
        source=receipt.source,
        company_id=receipt.company_id,
        party_id=receipt.party_id,
        on=receipt.received_on or dt.date.min,
        lines=tuple(
            MovedLine(
                source_line_id=move.source_line_id,
                product_id=move.product_id,
                quantity=move.quantity,
                cost=move.value,
                lot=lots.get(move.lot_id, ""),
            )
            for move in moves
            if move.document_id == receipt.id
        ),
        returned=receipt.returned,
    )
