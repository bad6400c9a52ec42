"""What is ordered and has not come yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import _, pgettext
from dougong.actors import Actor
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Party, Product
from dougong_purchasing.orders.models import Order, OrderLine

DUE = func.coalesce(OrderLine.expected_on, Order.expected_on)


def ask_open_lines(
    session: Session, actor: Actor, *, until: dt.date | None, supplier: int | None
) -> Iterable[Line]:
    """Each line of goods that is still to come, the longest expected first."""
    question = (
        select(
            Order.id,
            Order.number,
            Party.name.label("supplier"),
            Product.name.label("product"),
            DUE.label("due_on"),
            OrderLine.own_quantity,
            OrderLine.received,
            OrderLine.unit_cost,
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Party, Party.id == Order.supplier_id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(
            Order.state == "confirmed",
            OrderLine.kind == "goods",
            OrderLine.own_quantity > OrderLine.received,
        )
        .order_by(DUE, Order.id, OrderLine.position)
    )
    if until is not None:
        question = question.where(until >= DUE)
    if supplier is not None:
        question = question.where(Order.supplier_id == supplier)
    day = actor.today
    for row in session.execute(question):
        still = row.own_quantity - row.received
        yield Line(
            {
                "order": row.number,
                "supplier": row.supplier,
                "product": row.product,
                "due_on": row.due_on,
                "late": (day - row.due_on).days if row.due_on and row.due_on < day else None,
                "open": still,
                "value": still * row.unit_cost,
            },
            drill=f"/purchasing/orders/{row.id}",
        )


OPEN_LINES = Report(
    "purchasing.open",
    _("Open purchase order lines"),
    "purchasing.order.read",
    [
        Column("order", _("Purchase order")),
        Column("supplier", _("Supplier")),
        Column("product", _("Product")),
        Column("due_on", pgettext("goods", "Expected on"), "date"),
        Column("late", _("Days late"), "number"),
        Column("open", _("Still to come"), "quantity"),
        Column("value", _("In our currency, without tax"), "amount", total=True),
    ],
    ask_open_lines,
    [
        Parameter("until", _("Expected until"), "date"),
        Parameter("supplier", _("Supplier"), "link", to="base.parties"),
    ],
    icon="clock-exclamation",
    order=30,
)
