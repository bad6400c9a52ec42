"""What the warehouse tells of an order: goods have left, goods came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from dougong import UnitOfWork
from dougong_base.events import GoodsReceived, GoodsShipped
from dougong_crm.orders.billing import ask_for_money
from dougong_crm.orders.sources import BOOK
from dougong_crm.returns.service import take_back


def note_shipped(uow: UnitOfWork, events: Sequence[GoodsShipped]) -> None:
    """Count what was delivered, and tell what may be billed for it."""
    found = BOOK.sources(uow, [event.source for event in events])
    for event in events:
        mine = [
            (line, moved.quantity)
            for moved in event.lines
            if (line := found.line(event.source, moved.source_line_id)) is not None
        ]
        for order in {line.order_id: found.orders[line.order_id] for line, _q in mine}.values():
            if order.follow_up(event.delivery) is not None:
                continue
            BOOK.follow(uow, order, "delivery", event.delivery)
            for line, quantity in mine:
                if line.order_id == order.id:
                    line.deliver(quantity)
            uow.publish(ask_for_money([order], event.on, delivery=event.delivery))
    found.recount()


def note_received(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> None:
    """Count what came back, and tell what is to be credited for it."""
    back = [event for event in events if event.returned]
    found = BOOK.sources(uow, [event.source for event in back])
    for event in back:
        document = found.returns.get(event.source.id) if event.source else None
        if document is None or event.source is None or event.source.kind != document.__document__:
            continue
        order = found.orders[document.order_id]
        if order.follow_up(event.receipt) is not None:
            continue
        BOOK.follow(uow, order, "receipt", event.receipt)
        if document.state == "done":
            continue  # taken back when nobody kept the stock: counted and credited then
        quantities: dict[int, Decimal] = defaultdict(Decimal)
        for moved in event.lines:
            if moved.source_line_id is not None:
                quantities[moved.source_line_id] += moved.quantity
        uow.publish(take_back(document, order, quantities, event.on, event.receipt))
    found.recount()
