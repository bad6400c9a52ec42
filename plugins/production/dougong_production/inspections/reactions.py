"""Goods that arrive or are finished are inspected, where a plan says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong import UnitOfWork, ref
from dougong_base.events import GoodsReceived, ProductionFinished
from dougong_production.inspections.service import Wanted, inspect

if TYPE_CHECKING:
    from dougong_production.work_orders.models import WorkOrder


def inspect_received(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> None:
    """What a receipt brought is looked at."""
    wanted = [
        Wanted(
            event.receipt, line.source_line_id, event.number, event.company_id, None,
            line.product_id, event.party_id, line.quantity, line.lot, event.on,
        )
        for event in events
        for line in event.lines
    ]  # fmt: skip
    inspect(uow, "receipt", wanted)


def inspect_made(uow: UnitOfWork, events: Sequence[ProductionFinished]) -> None:
    """What was made is looked at before anybody sells it."""
    wanted = [
        Wanted(
            event.source, line.line_id, event.number, event.company_id, event.warehouse_id,
            line.product_id, None, line.quantity, line.lot, event.on,
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
