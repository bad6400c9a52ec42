"""What sales have not heard of while they were switched off."""

from __future__ import annotations

from collections.abc import Sequence

from dougong import UnitOfWork
from dougong_base.events import GoodsReceived, GoodsShipped
from dougong_crm.orders.models import Order
from dougong_crm.orders.sources import BOOK
from dougong_crm.returns.models import Return


def shipped_unheard(uow: UnitOfWork, events: Sequence[GoodsShipped]) -> list[GoodsShipped]:
    """Shipments for our orders that are not counted yet."""
    known = BOOK.known(uow, "delivery")
    return [
        event
        for event in events
        if event.source is not None
        and event.source.kind == Order.__document__
        and event.delivery not in known
        and any(line.source_line_id is not None for line in event.lines)
    ]


def received_unheard(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> list[GoodsReceived]:
    """Goods that customers sent back and that are not counted yet."""
    known = BOOK.known(uow, "receipt")
    return [
        event
        for event in events
        if event.returned
        and event.source is not None
        and event.source.kind == Return.__document__
        and event.receipt not in known
    ]
