"""Goods that arrive or are finished are inspected, where a plan says so; until then they wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong import UnitOfWork, ref
from dougong_base.events import GoodsReceived, ProductionFinished
from dougong_base.ports import StockAvailability
from dougong_production.inspections.holding import KeptApart
from dougong_production.inspections.service import Wanted, inspect, inspected
from dougong_production.quality_plans.queries import open_book

if TYPE_CHECKING:
    from dougong_production.work_orders.models import WorkOrder


def inspect_received(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> None:
    """What a supplier brought is looked at, once; what customers send back has its own inspection."""
    known = inspected(uow, {event.receipt for event in events}, "receipt")
    wanted = [
        Wanted(
            event.receipt, line.source_line_id, event.number, event.company_id,
            event.warehouse_id, line.product_id, event.party_id, line.quantity, line.lot, event.on,
            apart=line.apart,
        )
        for event in events
        if event.receipt not in known and not event.returned
        for line in event.lines
    ]  # fmt: skip
    inspect(uow, "receipt", wanted)


def not_inspected(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> list[GoodsReceived]:
    """Receipts with goods that a plan speaks of and that nobody has looked at yet."""
    known = inspected(uow, {event.receipt for event in events}, "receipt")
    book = open_book(uow, "receipt", {line.product_id for e in events for line in e.lines})
    return [
        event
        for event in events
        if event.receipt not in known
        and not event.returned
        and any(
            book.plan_for(event.company_id, line.product_id, event.party_id)
            for line in event.lines
            if line.quantity > 0
        )
    ]


def inspect_made(uow: UnitOfWork, events: Sequence[ProductionFinished]) -> None:
    """What was made is looked at before anybody may use it."""
    waiting = KeptApart(uow)
    stock = uow.ask(StockAvailability) is not None
    apart = {
        event.source: waiting.apart("final", event.company_id, {x.product_id for x in event.lines})
        for event in events
        if stock
    }
    wanted = [
        Wanted(
            event.source, line.line_id, event.number, event.company_id, event.warehouse_id,
            line.product_id, None, line.quantity, line.lot, event.on,
            apart=line.product_id in apart.get(event.source, ()),
        )
        for event in events
        for line in event.lines
    ]  # fmt: skip
    inspect(uow, "final", wanted)


def inspect_work(uow: UnitOfWork, works: Sequence[WorkOrder]) -> None:
    """Pieces are looked at after an operation, where a plan for it says so."""
    wanted = [
        Wanted(
            ref(work), None, work.order.number or "", work.company_id, None,
            work.order.product_id, None, work.done, "", uow.today, work.name,
        )
        for work in works
    ]  # fmt: skip
    inspect(uow, "operation", wanted)
