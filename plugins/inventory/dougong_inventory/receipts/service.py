"""What people do with receipts: expect, receive, cancel. Every verb does a whole batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from dougong import UnitOfWork, ref
from dougong_base.events import GoodsReceived, MovedLine
from dougong_base.ports import GoodsToInspect
from dougong_inventory.finishing import take_up
from dougong_inventory.lots.queries import lot_numbers
from dougong_inventory.moves.arrivals import Arrival, take_in
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.models import Move
from dougong_inventory.receipts.costs import Sold, shipped_costs
from dougong_inventory.receipts.models import WAYS, Receipt
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
    receipts = take_up(uow, Receipt, ids, Receipt.lines)
    for receipt in receipts:
        receipt.receive(on, quantities)
        if not receipt.number:
            uow.number(receipt, "receipt", on=on)
    places = find_places(uow)
    costs = shipped_costs(uow, {r.source for r in receipts if r.returned and r.source})
    waiting = {receipt.id: _waiting(uow, receipt) for receipt in receipts}
    moves = take_in(uow, [a for r in receipts for a in _arrivals(r, places, costs, waiting[r.id])])
    for receipt in receipts:
        _keep_rest(uow, receipt)
    lots = lot_numbers(uow, moves)
    apart = places.apart
    uow.publish(told_received(receipt, moves, lots, apart) for receipt in receipts)
    return receipts


def _waiting(uow: UnitOfWork, receipt: Receipt) -> Collection[int]:
    """The products that somebody inspects first: they are kept apart until then."""
    inspectors = uow.ask(GoodsToInspect)
    if inspectors is None or receipt.returned:
        return ()
    products = {line.product_id for line in receipt.lines if line.received}
    return inspectors.apart("receipt", receipt.company_id, products, party_id=receipt.party_id)


def _arrivals(
    receipt: Receipt, places: Places, costs: Mapping[Sold, Decimal], waiting: Collection[int]
) -> Iterable[Arrival]:
    reason, role = WAYS[receipt.kind]
    shelf = receipt.location_id or places.stock_of(receipt.warehouse_id)
    for line in receipt.lines:
        if line.received:
            apart = line.product_id in waiting
            unit_cost = line.unit_cost
            if unit_cost is None and receipt.source:
                unit_cost = costs.get((receipt.source, line.product_id))
            yield Arrival(
                document=receipt,
                line=line,
                quantity=line.received,
                unit_cost=unit_cost,
                reason=reason,
                from_id=places.outside[receipt.company_id, role],
                to_id=places.quarantine_of(receipt.warehouse_id) if apart else shelf,
                on=receipt.received_on or dt.date.min,
                party_id=receipt.party_id,
                source=receipt.source,
                source_line_id=line.source_line_id,
            )


def _keep_rest(uow: UnitOfWork, receipt: Receipt) -> None:
    """What did not come stays expected as a new receipt."""
    rest = receipt.rest()
    if rest is not None:
        uow.add(rest)
        uow.number(rest, "receipt", on=receipt.received_on)
        uow.link(receipt, rest, "backorder")


def told_received(
    receipt: Receipt,
    moves: Sequence[Move],
    lots: Mapping[int | None, str],
    apart: Collection[int] = (),
) -> GoodsReceived:
    """That the goods of a receipt have come in."""
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
                line_id=move.line_id,
                apart=move.to_id in apart,
            )
            for move in moves
            if move.document_id == receipt.id
        ),
        returned=receipt.returned,
        warehouse_id=receipt.warehouse_id,
    )
