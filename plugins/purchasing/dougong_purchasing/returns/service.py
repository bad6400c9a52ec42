"""Announcing returns to suppliers, and letting goods go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from dougong import DocumentRef, Refused, UnitOfWork, _, ref
from dougong_base import announce
from dougong_base.events import PurchaseBillable, PurchaseReturned
from dougong_base.ports import StockAvailability
from dougong_purchasing.orders import facts
from dougong_purchasing.orders.models import Order
from dougong_purchasing.orders.sources import BOOK
from dougong_purchasing.returns.models import Return, ReturnLine


class TooMuchReturned(Refused):
    """More goes back than has come."""

    def __init__(self, order: Order, line: ReturnLine, left: Decimal) -> None:
        super().__init__(
            _(
                "%(order)s: only %(left)s of %(product)s have come and did not go back yet.",
                order=order,
                left=f"{left.normalize():f}",
                product=line.product,
            )
        )


def start_returns(uow: UnitOfWork, ids: Sequence[int]) -> list[Return]:
    """Draft a return of everything that has come; the drafts can be edited."""
    uow.require("purchasing.return.create")
    drafts = []
    for order in uow.load(Order, ids, Order.lines):
        lines = [
            ReturnLine(product_id=x.product_id, order_line_id=x.id, quantity=x.returnable)
            for x in order.lines
            if x.kind == "goods" and x.returnable > 0
        ]
        if not lines:
            raise Refused(_("Nothing of %(order)s has come that could go back.", order=order))
        draft = Return(
            order_id=order.id, company_id=order.company_id, returned_on=uow.today, lines=lines
        )
        uow.add(draft)
        uow.link(order, draft, "return")
        drafts.append(draft)
    return drafts


def confirm_returns(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Return]:
    """Let goods go back, never more than have come and did not go back yet."""
    uow.require("purchasing.return.confirm")
    returns = uow.load(Return, ids, Return.lines)
    orders = BOOK.orders_of(uow, returns)
    lines = [line for document in returns for line in document.lines]
    uow.load(ReturnLine, [line.id for line in lines], ReturnLine.product)
    linked = BOOK.announced_by(uow, ids)
    day = on or uow.today
    for document in returns:
        order = orders[document.order_id]
        for line in document.lines:
            short = announce(order, line)
            if short is not None:
                raise TooMuchReturned(order, line, short)
        document.confirm(day)
        if document.number is None:
            uow.number(document, "purchase-return", on=day)
        if document.id not in linked:
            uow.link(order, document, "return")
    uow.publish(_returned(document, orders[document.order_id]) for document in returns)
    if uow.ask(StockAvailability) is None:
        for document in returns:
            order = orders[document.order_id]
            cost = {x.id: x.unit_cost for x in order.lines}
            left = {id: (q, q * cost[id]) for id, q in document.announced().items()}
            uow.publish(send_off(document, order, left, day))
    return returns


def cancel_returns(uow: UnitOfWork, ids: Sequence[int]) -> list[Return]:
    """Give drafts up."""
    uow.require("purchasing.return.confirm")
    returns = uow.load(Return, ids)
    for document in returns:
        document.cancel()
    return returns


def untold(uow: UnitOfWork) -> list[PurchaseReturned]:
    """Returns that no delivery stands for, for a warehouse that came later."""
    returns = BOOK.untold_returns(uow)
    orders = BOOK.orders_of(uow, returns)
    return [_returned(document, orders[document.order_id]) for document in returns]


def send_off(
    document: Return,
    order: Order,
    moved: Mapping[int, tuple[Decimal, Decimal]],
    on: dt.date,
    delivery: DocumentRef | None = None,
) -> list[PurchaseBillable]:
    """So much of each of the order's lines has left, at that cost: tell what is to be credited."""
    credited = []
    for bought in order.lines:
        quantity, cost = moved.get(bought.id, (Decimal(0), Decimal(0)))
        if not quantity:
            continue
        document.send(bought.id, quantity)
        bought.came_back += quantity
        end = bought.asked - min(quantity, bought.asked)
        if end < bought.asked:
            credited.append(
                facts.part_of(bought, bought.asked, end, order.currency, cost / quantity)
            )
            bought.asked = end
    document.refresh()
    order.refresh()
    if not credited:
        return []
    order.asked_on = on
    return [facts.billable(order, credited, on, source=ref(document), receipt=delivery)]


def _returned(document: Return, order: Order) -> PurchaseReturned:
    announced = document.announced()
    return PurchaseReturned(
        source=ref(document),
        number=document.number or "",
        company_id=document.company_id,
        supplier_id=order.supplier_id,
        warehouse_id=order.warehouse_id,
        on=document.returned_on,
        currency=order.currency,
        lines=tuple(
            facts.part_of(bought, Decimal(0), announced[bought.id], order.currency)
            for bought in order.lines
            if bought.id in announced
        ),
    )
