"""Reports: quantity and value of the stock, now or at the end of any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import ZERO, _, pgettext, rounded_to
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Category, Product
from dougong_inventory.stock.queries import stock_at
from dougong_inventory.valuation.models import StockValue


def value_lines(session: Session, actor: Any, on: dt.date | None = None) -> Iterator[Line]:
    """A line for each product that was there; the sum is the value of stock in the ledger."""
    held = _held(session, on)
    names = session.execute(
        select(Product.id, Product.code, Product.name, Category.name)
        .outerjoin(Category, Category.id == Product.category_id)
        .where(Product.id.in_(held))
        .order_by(Product.code)
    )
    for id, code, name, category in names:
        quantity, value = held[id]
        yield Line(
            {
                "code": code,
                "product": name,
                "category": category,
                "quantity": quantity,
                "unit_cost": rounded_to(value / quantity) if quantity else None,
                "value": value,
            },
            drill=f"/inventory/moves?product={id}",
        )


def quantity_lines(session: Session, actor: Any, on: dt.date | None = None) -> Iterator[Line]:
    """The same for those who may not see what things cost."""
    for line in value_lines(session, actor, on):
        kept = {name: line.values[name] for name in ("code", "product", "category", "quantity")}
        yield Line(kept, drill=line.drill)


def _held(session: Session, on: dt.date | None) -> dict[int, tuple[Decimal, Decimal]]:
    if on is None:
        rows = session.execute(select(StockValue.product_id, StockValue.quantity, StockValue.value))
        held: dict[int, tuple[Decimal, Decimal]] = {}
        for product, quantity, value in rows:
            before = held.get(product, (ZERO, ZERO))
            held[product] = (before[0] + quantity, before[1] + value)
    else:
        held = stock_at(session, on)
    return {product: both for product, both in held.items() if any(both)}


_NAMES = [
    Column("code", _("Code")),
    Column("product", _("Product")),
    Column("category", _("Category")),
    Column("quantity", _("Quantity"), "quantity", total=True),
]
_ON = Parameter("on", _("At the end of"), "date")

STOCK_AT = Report(
    "inventory.stock-at",
    _("Stock at a date"),
    "inventory.stock.read",
    _NAMES,
    quantity_lines,
    [_ON],
    icon="calendar-stats",
    order=20,
)
VALUATION = Report(
    "inventory.valuation",
    _("Value of stock"),
    "inventory.value.read",
    [
        *_NAMES,
        Column("unit_cost", _("Unit cost"), "amount"),
        Column("value", pgettext("stock", "Value"), "amount", total=True),
    ],
    value_lines,
    [_ON],
    icon="coins",
    order=30,
)
