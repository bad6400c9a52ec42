"""Putting agreements in force, and counting down what is called off from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dougong import ZERO, Refused, UnitOfWork, _
from dougong_base import Product
from dougong_purchasing.blankets.models import Blanket, BlanketLine, OverAgreed
from dougong_purchasing.orders.models import Order, OrderLine


def agree_blankets(uow: UnitOfWork, ids: Sequence[int]) -> list[Blanket]:
    """From now on they can be called off."""
    uow.require("purchasing.blanket.agree")
    blankets = uow.load(Blanket, ids, Blanket.lines)
    for blanket in blankets:
        blanket.agree()
        if blanket.number is None:
            uow.number(blanket, "purchase-blanket")
    return blankets


def start_call_offs(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Draft an order of what is left of each agreement; the drafts can be edited."""
    from dougong_purchasing.orders.service import create_orders

    uow.require("purchasing.order.create")
    blankets = uow.load(Blanket, ids, Blanket.lines)
    wanted = {line.product_id for blanket in blankets for line in blanket.lines}
    products = {product.id: product for product in uow.load(Product, sorted(wanted))}
    drafts = []
    for blanket in blankets:
        blanket.holds(uow.today, blanket.supplier_id)
        lines = [_line(line, products[line.product_id]) for line in blanket.lines if line.left]
        if not lines:
            raise Refused(_("Everything of %(blanket)s is called off.", blanket=blanket))
        drafts.append(
            Order(
                company_id=blanket.company_id,
                supplier_id=blanket.supplier_id,
                currency=blanket.currency,
                ordered_on=uow.today,
                buyer_id=uow.actor.user_id,
                lines=lines,
            )
        )
    create_orders(uow, drafts)
    for blanket, draft in zip(blankets, drafts, strict=True):
        uow.link(blanket, draft, "order")
    return drafts


def call_off(uow: UnitOfWork, orders: Sequence[Order], on: dt.date) -> None:
    """Count what these orders take from agreements; refuse what is over, or out of time."""
    for order, line, agreed, blanket in _called(uow, orders):
        blanket.holds(on, order.supplier_id)
        if line.own_quantity > agreed.left:
            raise OverAgreed(blanket, agreed.left, line.own_quantity)
        agreed.called += line.own_quantity


def give_back(uow: UnitOfWork, orders: Sequence[Order]) -> None:
    """What these orders took from agreements can be called off again."""
    for _order, line, agreed, _blanket in _called(uow, orders):
        agreed.called = max(agreed.called - line.own_quantity, ZERO)


def _called(
    uow: UnitOfWork, orders: Sequence[Order]
) -> list[tuple[Order, OrderLine, BlanketLine, Blanket]]:
    taken = [(order, line) for order in orders for line in order.lines if line.blanket_line_id]
    if not taken:
        return []
    wanted = sorted({line.blanket_line_id for _order, line in taken if line.blanket_line_id})
    agreed = {line.id: line for line in uow.load(BlanketLine, wanted, lock=True)}
    whole = sorted({line.blanket_id for line in agreed.values()})
    blankets = {blanket.id: blanket for blanket in uow.load(Blanket, whole)}
    return [
        (order, line, part, blankets[part.blanket_id])
        for order, line in taken
        if line.blanket_line_id and (part := agreed[line.blanket_line_id])
    ]


def _line(agreed: BlanketLine, product: Product) -> OrderLine:
    return OrderLine(
        product_id=product.id,
        description=product.name,
        kind=product.kind,
        quantity=agreed.left,
        own_quantity=agreed.left,
        unit_id=product.unit_id,
        price=agreed.price,
        discount=ZERO,
        tax_id=product.purchase_tax_id,
        blanket_line_id=agreed.id,
    )
