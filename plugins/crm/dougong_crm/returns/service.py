"""Announcing returns, and taking goods back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from dougong import DocumentRef, Refused, UnitOfWork, _, ref
from dougong_base import announce
from dougong_base.events import SaleBillable, SaleReturned
from dougong_base.ports import StockAvailability
from dougong_crm.orders import facts
from dougong_crm.orders.models import Order
from dougong_crm.orders.sources import BOOK
from dougong_crm.returns.models import Return, ReturnLine


class TooMuchReturned(Refused):
    """More is sent back than the customer has."""

    def __init__(self, order: Order, line: ReturnLine, left: Decimal) -> None:
        super().__init__(
            _(
                "%(order)s: only %(left)s of %(product)s were delivered and not yet returned.",
                order=order,
                left=f"{left.normalize():f}",
                product=line.product,
            )
        )


def start_returns(uow: UnitOfWork, ids: Sequence[int]) -> list[Return]:
    """Draft a return of everything the customers still have; the drafts can be edited."""
    uow.require("crm.return.create")
    drafts = []
    for order in uow.load(Order, ids, Order.lines):
        lines = [
            ReturnLine(product_id=x.product_id, order_line_id=x.id, quantity=x.returnable)
            for x in order.lines
            if x.kind == "goods" and x.returnable > 0
        ]
        if not lines:
            raise Refused(
                _("Nothing of %(order)s was delivered that could come back.", order=order)
            )
        draft = Return(
            order_id=order.id, company_id=order.company_id, returned_on=uow.today, lines=lines
        )
        uow.add(draft)
        uow.link(order, draft, "return")
        drafts.append(draft)
    return drafts


def confirm_returns(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Return]:
    """Expect the goods, never more than were delivered and not yet returned."""
    uow.require("crm.return.confirm")
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
            uow.number(document, "sales-return", on=day)
        if document.id not in linked:
            uow.link(order, document, "return")
    uow.publish(_returned(document, orders[document.order_id]) for document in returns)
    if uow.ask(StockAvailability) is None:
        for document in returns:
            arrived = document.announced()
            uow.publish(take_back(document, orders[document.order_id], arrived, day))
    return returns


def cancel_returns(uow: UnitOfWork, ids: Sequence[int]) -> list[Return]:
    """Give drafts up."""
    uow.require("crm.return.confirm")
    returns = uow.load(Return, ids)
    for document in returns:
        document.cancel()
    return returns


def take_back(
    document: Return,
    order: Order,
    quantities: Mapping[int, Decimal],
    on: dt.date,
    receipt: DocumentRef | None = None,
) -> list[SaleBillable]:
    """So much of each of the order's lines has arrived: tell what is to be credited for it."""
    credited = []
    for sold in order.lines:
        quantity = quantities.get(sold.id)
        if not quantity:
            continue
        document.receive(sold.id, quantity)
        sold.take_back(quantity)
        end = sold.asked - min(quantity, sold.asked)
        if end < sold.asked:
            credited.append(facts.part_of(sold, sold.asked, end, order.currency))
            sold.asked = end
    document.refresh()
    order.refresh()
    if not credited:
        return []
    order.asked_on = on
    return [facts.billable(order, credited, on, source=ref(document), delivery=receipt)]


def untold(uow: UnitOfWork) -> list[SaleReturned]:
    """Returns that no receipt stands for; the customer has sent the goods, or will."""
    returns = BOOK.untold_returns(uow)
    orders = BOOK.orders_of(uow, returns)
    return [_returned(document, orders[document.order_id]) for document in returns]


def _returned(document: Return, order: Order) -> SaleReturned:
    announced = document.announced()
    return SaleReturned(
        source=ref(document),
        number=document.number or "",
        company_id=document.company_id,
        customer_id=order.customer_id,
        on=document.returned_on,
        currency=order.currency,
        lines=tuple(
            facts.part_of(sold, Decimal(0), announced[sold.id], order.currency)
            for sold in order.lines
            if sold.id in announced
        ),
    )
