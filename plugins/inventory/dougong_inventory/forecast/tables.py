"""All products of a forecast at a glance: the largest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong_base import Product
from dougong_inventory.forecast.choosing import METHODS
from dougong_inventory.forecast.classes import CLASSES
from dougong_inventory.forecast.models import Forecast, ForecastSeries
from dougong_inventory.warehouses.models import Warehouse

#: More stand in the list.
SHOWN = 200


def forecast_tab(
    noun: Any, session: Session, forecast: Forecast, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """What is forecast of each product, and how good that is, by kinds of demand and one by one."""
    kinds = session.execute(
        select(ForecastSeries.kind, func.count(ForecastSeries.id))
        .where(ForecastSeries.forecast_id == forecast.id)
        .group_by(ForecastSeries.kind)
    )
    rows = session.execute(
        select(ForecastSeries, Product.code, Product.name, Warehouse.name)
        .join(Product, Product.id == ForecastSeries.product_id)
        .join(Warehouse, Warehouse.id == ForecastSeries.warehouse_id)
        .where(ForecastSeries.forecast_id == forecast.id)
        .order_by(ForecastSeries.total.desc(), ForecastSeries.id)
        .limit(SHOWN)
    ).all()
    return "inventory/forecast_products.html", {
        "kinds": [(CLASSES[kind], count) for kind, count in sorted(kinds)],
        "rows": [
            (one, code, name, warehouse, CLASSES[one.kind], METHODS[one.method])
            for one, code, name, warehouse in rows
        ],
        "more": forecast.series > SHOWN,
        "shown": SHOWN,
    }
