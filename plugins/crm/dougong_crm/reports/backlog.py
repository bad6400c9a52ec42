"""What is promised and not yet kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import _
from dougong.actors import Actor
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Party, Product
from dougong_crm.orders.models import Order, OrderLine


def ask_backlog(session: Session, actor: Actor, *, until: dt.date | None) -> Iterable[Line]:
    """Each line of goods that is still to be delivered, the longest promised first."""
    statement = (
        select(
            Order.id,
            Order.number,
            Order.promised_on,
            Party.name.label("customer"),
            Product.name.label("product"),
            OrderLine.own_quantity,
            OrderLine.delivered,
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Party, Party.id == Order.customer_id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(
            Order.state == "confirmed",
            OrderLine.kind == "goods",
            OrderLine.own_quantity > OrderLine.delivered,
        )
        .order_by(Order.promised_on, Order.id, OrderLine.position)
    )
    if until is not None:
        statement = statement.where(Order.promised_on <= until)
    day = actor.today
    for row in session.execute(statement):
        late = (day - row.promised_on).days if row.promised_on and row.promised_on < day else None
        yield Line(
            {
                "order": row.number,
                "customer": row.customer,
                "product": row.product,
                "promised_on": row.promised_on,
                "open": row.own_quantity - row.delivered,
                "late": late,
            },
            drill=f"/crm/orders/{row.id}",
        )


BACKLOG = Report(
    "crm.backlog",
    _("Open order lines"),
    "crm.order.read",
    [
        Column("order", _("Sales order")),
        Column("customer", _("Customer")),
        Column("product", _("Product")),
        Column("promised_on", _("Promised for"), "date"),
        Column("open", _("Still to deliver"), "quantity"),
        Column("late", _("Days late"), "number"),
    ],
    ask_backlog,
    [Parameter("until", _("Promised until"), "date")],
    icon="clock-exclamation",
    order=20,
)
