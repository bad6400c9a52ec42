"""What purchasing has not heard of while it was switched off."""

from __future__ import annotations

from collections.abc import Sequence

from dougong import UnitOfWork
from dougong_base.events import GoodsReceived, GoodsShipped
from dougong_purchasing.orders.models import Order
from dougong_purchasing.orders.sources import BOOK
from dougong_purchasing.returns.models import Return


def received_unheard(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> list[GoodsReceived]:
    """Goods that came for our orders and are not counted yet."""
    known = BOOK.known(uow, "receipt")
    return [
        event
        for event in events
        if event.source is not None
        and event.source.kind == Order.__document__
        and event.receipt not in known
    ]


def shipped_unheard(uow: UnitOfWork, events: Sequence[GoodsShipped]) -> list[GoodsShipped]:
    """Goods that went back to suppliers and are not counted yet."""
    known = BOOK.known(uow, "delivery")
    return [
        event
        for event in events
        if event.source is not None
        and event.source.kind == Return.__document__
        and event.delivery not in known
    ]
