"""What a product has cost from order to order, in the company's currency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import _
from dougong.actors import Actor
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Party, Product
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.reports.spend import BOUGHT, PERIOD


def ask_price_history(
    session: Session, actor: Actor, *, product: int | None, start: dt.date, end: dt.date
) -> Iterable[Line]:
    """Each price of a product, or of all, by day; beside it the change against the order before."""
    question = (
        select(
            Order.id,
            Order.number,
            Order.confirmed_on,
            Order.currency,
            OrderLine.product_id,
            Product.name.label("product"),
            Party.name.label("supplier"),
            OrderLine.own_quantity,
            OrderLine.amount,
            OrderLine.unit_cost,
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Product, Product.id == OrderLine.product_id)
        .join(Party, Party.id == Order.supplier_id)
        .where(Order.state.in_(BOUGHT), Order.confirmed_on.between(start, end))
        .order_by(Product.name, OrderLine.product_id, Order.confirmed_on, OrderLine.id)
    )
    if product is not None:
        question = question.where(OrderLine.product_id == product)
    before: dict[int, Decimal] = {}
    for row in session.execute(question):
        was = before.get(row.product_id)
        yield Line(
            {
                "product": row.product,
                "on": row.confirmed_on,
                "supplier": row.supplier,
                "order": row.number,
                "quantity": row.own_quantity,
                "price": row.amount / row.own_quantity,
                "currency": row.currency,
                "own_price": row.unit_cost,
                "change": (row.unit_cost / was - 1) * 100 if was else None,
            },
            drill=f"/purchasing/orders/{row.id}",
        )
        before[row.product_id] = row.unit_cost


PRICE_HISTORY = Report(
    "purchasing.price-history",
    _("Price history"),
    "purchasing.order.read",
    [
        Column("product", _("Product")),
        Column("on", _("Date"), "date"),
        Column("supplier", _("Supplier")),
        Column("order", _("Purchase order")),
        Column("quantity", _("Quantity"), "quantity"),
        Column("price", _("Price less discount"), "quantity"),
        Column("currency", _("Currency")),
        Column("own_price", _("In our currency"), "quantity"),
        Column("change", _("Change in percent"), "percent"),
    ],
    ask_price_history,
    [Parameter("product", _("Product"), "link", to="base.products"), *PERIOD],
    icon="chart-line",
    order=40,
)
