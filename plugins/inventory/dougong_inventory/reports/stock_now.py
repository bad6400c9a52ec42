"""Report: what lies where now, and what of it is free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import _
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Product
from dougong_inventory.lots.models import Lot
from dougong_inventory.stock.models import Stock
from dougong_inventory.warehouses.models import Location, Warehouse


def lines(
    session: Session, actor: Any, warehouse: int | None = None, product: int | None = None
) -> Iterator[Line]:
    """A line for each product, place and lot with something on hand."""
    query = (
        select(
            Product.code, Product.name, Location.code, Lot.number, Lot.expires_on,
            Stock.on_hand, Stock.reserved, Stock.product_id,
        )
        .select_from(Stock)
        .join(Product, Product.id == Stock.product_id)
        .join(Location, Location.id == Stock.location_id)
        .outerjoin(Lot, Lot.id == Stock.lot_id)
        .where(Stock.on_hand > 0)
        .order_by(Product.code, Location.code, Lot.expires_on, Lot.number)
    )  # fmt: skip
    if warehouse:
        query = query.join(Warehouse, Warehouse.id == Location.warehouse_id).where(
            Warehouse.id == warehouse
        )
    if product:
        query = query.where(Stock.product_id == product)
    for code, name, place, lot, expires_on, on_hand, reserved, id in session.execute(query):
        yield Line(
            {
                "code": code,
                "product": name,
                "location": place,
                "lot": lot,
                "expires_on": expires_on,
                "on_hand": on_hand,
                "reserved": reserved,
                "free": on_hand - reserved,
            },
            drill=f"/inventory/moves?product={id}",
        )


STOCK_NOW = Report(
    "inventory.stock",
    _("Stock now"),
    "inventory.stock.read",
    [
        Column("code", _("Code")),
        Column("product", _("Product")),
        Column("location", _("Location")),
        Column("lot", _("Lot")),
        Column("expires_on", _("Expires on"), "date"),
        Column("on_hand", _("On hand"), "quantity", total=True),
        Column("reserved", _("Reserved"), "quantity", total=True),
        Column("free", _("Free"), "quantity", total=True),
    ],
    lines,
    [
        Parameter("warehouse", _("Warehouse"), "link", to="inventory.warehouses"),
        Parameter("product", _("Product"), "link", to="base.products"),
    ],
    icon="packages",
    order=10,
)
