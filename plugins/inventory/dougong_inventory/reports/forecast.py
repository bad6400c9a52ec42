"""Report: what was forecast, and what came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import _, pgettext
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Product
from dougong_inventory.forecast.review import BACK, reviews
from dougong_inventory.warehouses.models import Warehouse


def lines(session: Session, actor: Any, start: dt.date | None = None) -> Iterator[Line]:
    """A line for each product in a warehouse, what was missed most first."""
    found = reviews(session, actor.company_id, start or actor.today - BACK, actor.today)
    products = {
        id: (code, name)
        for id, code, name in session.execute(
            select(Product.id, Product.code, Product.name).where(
                Product.id.in_({product for product, _warehouse in found})
            )
        )
    }
    houses = {id: name for id, name in session.execute(select(Warehouse.id, Warehouse.name))}  # noqa: C416
    for (product, warehouse), one in sorted(found.items(), key=lambda item: -item[1].missed):
        code, name = products[product]
        yield Line(
            {
                "code": code,
                "product": name,
                "warehouse": houses.get(warehouse, ""),
                "periods": one.periods,
                "forecast": one.forecast,
                "sold": one.sold,
                "missed": one.missed,
                "accuracy": None if one.accuracy is None else round(one.accuracy, 1),
                "bias": None if one.bias is None else round(one.bias, 1),
            },
            drill=f"/inventory/forecast_series?product={product}",
        )


FORECAST_REVIEW = Report(
    "inventory.forecast-review",
    _("Forecast and what came"),
    "inventory.forecast.read",
    [
        Column("code", _("Code")),
        Column("product", _("Product")),
        Column("warehouse", _("Warehouse")),
        Column("periods", pgettext("forecast", "Periods"), "number"),
        Column("forecast", _("Forecast"), "quantity", total=True),
        Column("sold", _("Sold"), "quantity", total=True),
        Column("missed", _("Off by"), "quantity", total=True),
        Column("accuracy", _("Accuracy in per cent"), "number"),
        Column("bias", _("Too much (+) or too little in per cent"), "number"),
    ],
    lines,
    [Parameter("start", _("From"))],
    icon="chart-dots",
    order=60,
)
