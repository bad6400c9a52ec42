"""What was bought: by supplier, product, category, month or buyer, in the company's currency."""

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
from dougong_purchasing.orders.models import Order, OrderLine

BY: Mapping[str, Any] = {
    "supplier": _("Supplier"),
    "product": _("Product"),
    "category": _("Category"),
    "month": _("Month"),
    "buyer": _("Buyer"),
}
#: Orders that count as bought.
BOUGHT = ("confirmed", "done")
#: What a line comes to in the company's currency, at the rate of its confirmation.
WORTH = func.sum(OrderLine.own_amount)


def first_of_year(actor: Actor) -> dt.date:
    """Where the period begins when nobody chooses."""
    return actor.today.replace(month=1, day=1)


def ask_spend(
    session: Session, actor: Actor, *, by: str, start: dt.date, end: dt.date
) -> Iterable[Line]:
    """Orders, quantity and value without tax of each; the largest first, months in order."""
    rows = _rows(session, by, start, end)
    whole = sum(row.amount or 0 for row in rows)
    for row in rows:
        yield Line(
            {
                "what": f"{int(row.year)}-{int(row.month):02d}" if by == "month" else row.name,
                "orders": row.orders,
                "quantity": row.quantity,
                "amount": row.amount,
                "part": row.amount * 100 / whole if whole else None,
            },
            drill=_drill(by, row, start, end),
        )


def _rows(session: Session, by: str, start: dt.date, end: dt.date) -> list[Any]:
    key = _key(by)
    question = (
        select(
            *key,
            func.count(Order.id.distinct()).label("orders"),
            func.sum(OrderLine.own_quantity).label("quantity"),
            WORTH.label("amount"),
        )
        .select_from(Order)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Product, Product.id == OrderLine.product_id)
        .join(Party, Party.id == Order.supplier_id)
        .outerjoin(Category, Category.id == Product.category_id)
        .outerjoin(User, User.id == Order.buyer_id)
        .where(Order.state.in_(BOUGHT), Order.ordered_on.between(start, end))
        .group_by(*key)
    )
    rows = list(session.execute(question).all())
    if by == "month":
        return sorted(rows, key=lambda row: (row.year, row.month))
    return sorted(rows, key=lambda row: -(row.amount or 0))


def _key(by: str) -> list[Any]:
    if by == "month":
        day = Order.ordered_on
        return [extract("year", day).label("year"), extract("month", day).label("month")]
    models: dict[str, Any] = {"product": Product, "category": Category, "buyer": User}
    model = models.get(by, Party)
    return [model.id.label("id"), model.name.label("name")]


def _drill(by: str, row: Any, start: dt.date, end: dt.date) -> str:
    """The list of the orders behind a figure."""
    names = {
        "supplier": "supplier",
        "product": "lines.product",
        "category": "lines.product.category",
        "buyer": "buyer",
    }
    if by == "month":
        start = max(start, dt.date(int(row.year), int(row.month), 1))
        following = (start.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        end = min(end, following - dt.timedelta(days=1))
    query: dict[str, Any] = {
        "state.in": ",".join(BOUGHT),
        "ordered_on.ge": start.isoformat(),
        "ordered_on.le": end.isoformat(),
    }
    if by in names:
        query[names[by] if row.id is not None else f"{names[by]}.empty"] = (
            row.id if row.id is not None else "true"
        )
    return f"/purchasing/orders?{urlencode(query)}"


PERIOD = [
    Parameter("start", _("From"), "date", first_of_year, required=True),
    Parameter("end", _("Until"), "date", today, required=True),
]

SPEND = Report(
    "purchasing.spend",
    _("Spend analysis"),
    "purchasing.order.read",
    [
        Column("what", _("What")),
        Column("orders", _("Orders"), "number"),
        Column("quantity", _("Quantity"), "quantity"),
        Column("amount", _("In our currency, without tax"), "amount", total=True),
        Column("part", _("Part in percent"), "percent"),
    ],
    ask_spend,
    [Parameter("by", _("By"), "choice", "supplier", BY, required=True), *PERIOD],
    icon="chart-pie",
    order=20,
)
