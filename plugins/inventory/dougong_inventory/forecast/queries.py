"""What is approved: what customers will want of which product, and how far that may be off."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong_inventory.forecast.history import Place
from dougong_inventory.forecast.models import (
    Forecast,
    ForecastAdjustment,
    ForecastLine,
    ForecastSeries,
)
from dougong_inventory.forecast.periods import Periods, day_after

#: So many ids fit into one statement on every database.
AT_ONCE = 10_000


class Figure(NamedTuple):
    """So much of a product is expected in a period of an approved forecast."""

    product_id: int
    warehouse_id: int
    start: dt.date
    #: The first day after the period.
    end: dt.date
    quantity: Decimal
    forecast_id: int
    series_id: int


class Spread(NamedTuple):
    """How far the forecast of a product may be off in one period of its kind."""

    error: Decimal
    bucket: str


def approved_figures(
    session: Session,
    company_id: int,
    product_ids: Collection[int],
    start: dt.date,
    end: dt.date,
    warehouse_id: int | None = None,
) -> list[Figure]:
    """The figures of the periods from one day to another, both included, of all warehouses or one.

    Where several approved forecasts speak of a period, the one that was approved last counts.
    """
    found: list[Figure] = []
    ids = sorted(product_ids)
    for at in range(0, len(ids), AT_ONCE):
        query = _statement(company_id, ids[at : at + AT_ONCE], start, end)
        if warehouse_id is not None:
            query = query.where(ForecastSeries.warehouse_id == warehouse_id)
        found += _newest(session.execute(query))
    return [figure for figure in found if figure.end > start]


def _statement(company_id: int, ids: Collection[int], start: dt.date, end: dt.date) -> Any:
    one, line, instead = ForecastSeries, ForecastLine, ForecastAdjustment
    return (
        select(
            one.product_id, one.warehouse_id, line.on, Forecast.id, one.id, Forecast.bucket,
            Forecast.start_on, Forecast.horizon, func.coalesce(instead.quantity, line.quantity),
        )
        .join(Forecast, Forecast.id == one.forecast_id)
        .join(line, line.series_id == one.id)
        .outerjoin(instead, (instead.series_id == one.id) & (instead.on == line.on))
        .where(
            Forecast.company_id == company_id, Forecast.state == "approved",
            one.product_id.in_(ids), line.on <= end, line.on > start - dt.timedelta(days=31),
        )
        .order_by(
            one.product_id, one.warehouse_id, Forecast.approved_at.desc(), Forecast.id.desc(),
            line.on,
        )
    )  # fmt: skip


def _newest(rows: Any) -> Iterator[Figure]:
    """Rows come with the newest forecast first: it covers all its days, older ones the rest."""
    covered: dict[Place, list[tuple[int, dt.date, dt.date]]] = defaultdict(list)
    for product, warehouse, on, forecast, series, bucket, first, horizon, quantity in rows:
        known, until = covered[product, warehouse], day_after(on, bucket)
        if not known or known[-1][0] != forecast:
            known.append((forecast, first, Periods(first, horizon, bucket).day(horizon)))
        if any(a < until and on < b for id, a, b in known if id != forecast):
            continue
        yield Figure(product, warehouse, on, until, quantity, forecast, series)


def spreads(session: Session, company_id: int, product_ids: Collection[int]) -> dict[Place, Spread]:
    """By product and warehouse, how far the forecast that was approved last may be off."""
    rows = session.execute(
        select(
            ForecastSeries.product_id, ForecastSeries.warehouse_id, ForecastSeries.error,
            Forecast.bucket,
        )
        .join(Forecast, Forecast.id == ForecastSeries.forecast_id)
        .where(
            Forecast.company_id == company_id, Forecast.state == "approved",
            ForecastSeries.product_id.in_(product_ids),
        )
        .order_by(Forecast.approved_at, Forecast.id)
    )  # fmt: skip
    return {(product, place): Spread(error, bucket) for product, place, error, bucket in rows}


def expected(figures: Collection[Figure], start: dt.date, end: dt.date) -> dict[Place, Decimal]:
    """By product and warehouse, what is wanted from one day to another, both included.

    A period that lies only in part between them counts by its days.
    """
    sums: dict[Place, Decimal] = defaultdict(Decimal)
    after = end + dt.timedelta(days=1)
    for one in figures:
        days = (min(one.end, after) - max(one.start, start)).days
        if days > 0:
            part = one.quantity * days / (one.end - one.start).days
            sums[one.product_id, one.warehouse_id] += part
    return sums
