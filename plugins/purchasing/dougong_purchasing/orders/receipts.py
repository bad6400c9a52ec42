"""What the warehouse tells of an order: goods have come, goods went back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from dougong import Refused, UnitOfWork, _
from dougong_base.events import GoodsReceived, GoodsShipped
from dougong_purchasing.landed.service import note_arrivals
from dougong_purchasing.orders.billing import ask_for_bill
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.sources import BOOK, OrderSources
from dougong_purchasing.returns.models import Return
from dougong_purchasing.returns.service import send_off
from dougong_purchasing.tolerances.queries import OverReceipt

#: By line of the order: how much moved, and what it was valued at.
Moved = dict[int, tuple[Decimal, Decimal]]


class TooMuchReceived(Refused):
    """More has come than was ordered and is tolerated."""

    def __init__(self, order: Order, line: OrderLine, came: Decimal) -> None:
        super().__init__(
            _(
                "%(order)s: %(came)s of “%(line)s” would have come, but only %(ordered)s were"
                " ordered. Receive less, or have the order changed.",
                order=order,
                came=_plain(came),
                line=line,
                ordered=_plain(line.own_quantity),
            )
        )


def note_received(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> None:
    """Count what has come, and tell what is owed for it."""
    news = [event for event in events if not event.returned]
    found = BOOK.sources(uow, [event.source for event in news])
    tolerance = _tolerance(uow, found)
    for event in news:
        moved = _moved(event)
        for order in _orders(found, event, moved):
            if order.follow_up(event.receipt) is not None:
                continue
            BOOK.follow(uow, order, "receipt", event.receipt)
            for line in order.lines:
                if line.id in moved:
                    line.received += moved[line.id][0]
                    line.received_on = event.on
                    most = 1 + tolerance.of(line.product_id, order.supplier_id)
                    if line.received - line.came_back > line.own_quantity * most:
                        raise TooMuchReceived(order, line, line.received - line.came_back)
            note_arrivals(uow, event, found)
            uow.publish(ask_for_bill([order], event.on, receipt=event.receipt, costs=moved))
    found.recount()


def note_shipped(uow: UnitOfWork, events: Sequence[GoodsShipped]) -> None:
    """Count what went back, and tell what is to be credited for it."""
    found = BOOK.sources(
        uow, [e.source for e in events if e.source and e.source.kind == Return.__document__]
    )
    for event in events:
        document = found.returns.get(event.source.id) if event.source else None
        if document is None or event.source is None or event.source.kind != Return.__document__:
            continue
        order = found.orders[document.order_id]
        if order.follow_up(event.delivery) is not None:
            continue
        BOOK.follow(uow, order, "delivery", event.delivery)
        if document.state == "done":
            continue  # sent off when nobody kept the stock: counted and credited then
        uow.publish(send_off(document, order, _moved(event), event.on, event.delivery))
    found.recount()


def _tolerance(uow: UnitOfWork, found: OrderSources) -> OverReceipt:
    lines = [line for order in found.orders.values() for line in order.lines]
    return OverReceipt(
        uow,
        {line.product_id for line in lines},
        {order.supplier_id for order in found.orders.values()},
    )


def _moved(event: GoodsReceived | GoodsShipped) -> Moved:
    moved: Moved = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for line in event.lines:
        if line.source_line_id is not None:
            quantity, cost = moved[line.source_line_id]
            moved[line.source_line_id] = quantity + line.quantity, cost + line.cost
    return dict(moved)


def _orders(found: OrderSources, event: GoodsReceived, moved: Moved) -> list[Order]:
    """The orders whose lines these are."""
    lines = [found.line(event.source, id) for id in moved]
    return list(
        {line.order_id: found.orders[line.order_id] for line in lines if line is not None}.values()
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
