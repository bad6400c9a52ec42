"""What was ordered from suppliers is expected at the warehouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from dougong import ZERO, DocumentRef, UnitOfWork
from dougong_base.events import (
    PurchaseLine,
    PurchaseOrderCancelled,
    PurchaseOrderChanged,
    PurchaseOrderConfirmed,
)
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.sources import known_sources, open_for
from dougong_inventory.warehouses.service import find_places

Wanted = dict[int, tuple[PurchaseLine, Decimal]]


def expect_purchases(uow: UnitOfWork, events: Sequence[PurchaseOrderConfirmed]) -> None:
    """A confirmed purchase order becomes an expected receipt, at the order's costs."""
    known = known_sources(uow, Receipt, [e.source for e in events])
    goods = {e.source: [x for x in e.lines if x.kind == "goods" and x.quantity > 0] for e in events}
    wanted = [e for e in events if goods[e.source] and e.source not in known]
    if not wanted:
        return
    places = find_places(uow)
    for event in wanted:
        receipt = Receipt(
            company_id=event.company_id,
            state="expected",
            kind="purchase",
            warehouse_id=places.warehouse_of(event.company_id, event.warehouse_id),
            party_id=event.supplier_id,
            expected_on=event.expected_on,
            source_kind=event.source.kind,
            source_id=event.source.id,
            lines=[_line(line, line.quantity) for line in goods[event.source]],
        )
        uow.add(receipt)
        uow.number(receipt, "receipt", on=event.on)
        uow.cite(receipt, "reference", event.source, event.number)
        uow.link(event.source, receipt, "receipt")


def follow_purchases(uow: UnitOfWork, events: Sequence[PurchaseOrderChanged]) -> None:
    """Bring what is expected to the new quantities, costs and date; what has come counts towards them."""
    sources = [event.source for event in events]
    expected = {r.source: r for r in open_for(uow, Receipt, sources, ["expected"])}
    received = _received(uow, sources)
    for event in events:
        receipt = expected.get(event.source)
        if receipt is None:
            continue
        wanted = _wanted(event, received.get(event.source, {}))
        receipt.expected_on = event.expected_on
        _resize(uow, receipt, wanted)


def cancel_purchases(uow: UnitOfWork, events: Sequence[PurchaseOrderCancelled]) -> None:
    """What has not come from a cancelled order is no longer expected."""
    for receipt in open_for(uow, Receipt, [e.source for e in events], ["draft", "expected"]):
        receipt.cancel()


def _line(line: PurchaseLine, quantity: Decimal) -> ReceiptLine:
    return ReceiptLine(
        product_id=line.product_id,
        quantity=quantity,
        received=ZERO,
        unit_cost=line.unit_cost,
        source_line_id=line.line_id,
    )


def _received(
    uow: UnitOfWork, sources: Sequence[DocumentRef]
) -> dict[DocumentRef, dict[int, Decimal]]:
    """What has come so far, by order and line of it."""
    found: dict[DocumentRef, dict[int, Decimal]] = defaultdict(dict)
    rows = uow.session.execute(
        select(
            Receipt.source_kind,
            Receipt.source_id,
            ReceiptLine.source_line_id,
            func.sum(ReceiptLine.received),
        )
        .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
        .where(Receipt.source_id.in_({s.id for s in sources}), Receipt.state == "received")
        .group_by(Receipt.source_kind, Receipt.source_id, ReceiptLine.source_line_id)
    )
    for kind, id, line, quantity in rows:
        if line is not None:
            found[DocumentRef(kind or "", id or 0)][line] = quantity
    return found


def _wanted(event: PurchaseOrderChanged, received: Mapping[int, Decimal]) -> Wanted:
    """What is still to come, by line of the order."""
    left = {
        line.line_id: (line, line.quantity - received.get(line.line_id, ZERO))
        for line in event.lines
        if line.kind == "goods"
    }
    return {key: (line, quantity) for key, (line, quantity) in left.items() if quantity > 0}


def _resize(uow: UnitOfWork, receipt: Receipt, wanted: Wanted) -> None:
    """Give the lines their new quantities and costs; one that is no longer wanted goes."""
    kept = []
    for line in receipt.lines:
        if line.source_line_id in wanted:
            told, line.quantity = wanted.pop(line.source_line_id)
            line.unit_cost, line.arrived = told.unit_cost, None
            kept.append(line)
        elif line.source_line_id is None:
            kept.append(line)
    gone = [line for line in receipt.lines if line not in kept]
    fresh = [_line(line, quantity) for line, quantity in wanted.values()]
    if not kept and not fresh:
        receipt.cancel()
        return
    uow.remove(*gone)
    for position, line in enumerate(fresh, len(kept)):
        line.receipt_id, line.position = receipt.id, position
    uow.add(*fresh)
    set_committed_value(receipt, "lines", [*kept, *fresh])
