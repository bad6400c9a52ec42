"""What was sold: by customer, product, month or salesperson."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from dougong import _
from dougong.actors import Actor
from dougong.people.users.models import User
from dougong.reports import Column, Line, Parameter, Report, today
from dougong_base import Category, Party, Product
from dougong_crm.orders.models import Order, OrderLine

BY = {
    "customer": _("Customer"),
    "product": _("Product"),
    "category": _("Category"),
    "month": _("Month"),
    "salesperson": _("Salesperson"),
}
#: Orders that count as sold.
SOLD = ("confirmed", "done")


def first_of_year(actor: Actor) -> dt.date:
    """Where the period begins when nobody chooses."""
    return actor.today.replace(month=1, day=1)


def ask_sales(
    session: Session, actor: Actor, *, by: str, start: dt.date, end: dt.date
) -> Iterable[Line]:
    """Orders, quantity and amount without tax of each; the largest first, months in order."""
    key, label = _grouping(by)
    statement = (
        select(
            *key,
            *label,
            Order.currency,
            func.count(Order.id.distinct()).label("orders"),
            func.sum(OrderLine.own_quantity).label("quantity"),
            func.sum(OrderLine.amount).label("amount"),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.state.in_(SOLD), Order.ordered_on.between(start, end))
        .group_by(*key, *label, Order.currency)
    )
    statement = _joined(statement, by)
    rows = session.execute(statement).all()
    if by == "month":
        rows = sorted(rows, key=lambda row: (row.year, row.month, row.currency))
    else:
        rows = sorted(rows, key=lambda row: (row.currency, -row.amount))
    for row in rows:
        yield Line(
            {
                "what": _name(by, row),
                "orders": row.orders,
                "quantity": row.quantity,
                "amount": row.amount,
                "currency": row.currency,
            },
            drill=_drill(by, row, start, end),
        )


def _grouping(by: str) -> tuple[list[Any], list[Any]]:
    if by == "month":
        day = Order.ordered_on
        return [extract("year", day).label("year"), extract("month", day).label("month")], []
    model: Any = {"customer": Party, "product": Product, "category": Category}.get(by, User)
    return [model.id.label("id")], [model.name.label("name")]


def _joined(statement: Any, by: str) -> Any:
    if by == "customer":
        return statement.join(Party, Party.id == Order.customer_id)
    if by == "product":
        return statement.join(Product, Product.id == OrderLine.product_id)
    if by == "category":
        return statement.join(Product, Product.id == OrderLine.product_id).outerjoin(
            Category, Category.id == Product.category_id
        )
    if by == "salesperson":
        return statement.outerjoin(User, User.id == Order.salesperson_id)
    return statement


def _name(by: str, row: Any) -> object:
    if by == "month":
        return f"{int(row.year)}-{int(row.month):02d}"
    return row.name or _("None")


def _drill(by: str, row: Any, start: dt.date, end: dt.date) -> str:
    """The list of the orders behind a figure."""
    if by == "month":
        start = max(start, dt.date(int(row.year), int(row.month), 1))
        following = (start.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        end = min(end, following - dt.timedelta(days=1))
    names = {
        "customer": "customer",
        "product": "lines.product",
        "category": "lines.product.category",
        "salesperson": "salesperson",
    }
    query: dict[str, Any] = {
        "state.in": ",".join(SOLD),
        "ordered_on.ge": start.isoformat(),
        "ordered_on.le": end.isoformat(),
    }
    if by in names and row.id is not None:
        query[names[by]] = row.id
    elif by in names:
        query[f"{names[by]}.empty"] = "true"
    return f"/crm/orders?{urlencode(query)}"


PERIOD = [
    Parameter("start", _("From"), "date", first_of_year, required=True),
    Parameter("end", _("Until"), "date", today, required=True),
]
CHOICES: Mapping[str, Any] = BY

SALES = Report(
    "crm.sales",
    _("Sales statistics"),
    "crm.order.read",
    [
        Column("what", _("What")),
        Column("orders", _("Orders"), "number", total=True),
        Column("quantity", _("Quantity"), "quantity"),
        Column("amount", _("Without tax"), "amount", total=True),
        Column("currency", _("Currency")),
    ],
    ask_sales,
    [Parameter("by", _("By"), "choice", "customer", CHOICES, required=True), *PERIOD],
    icon="chart-bar",
    order=10,
)
