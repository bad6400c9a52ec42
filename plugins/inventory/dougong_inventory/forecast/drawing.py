"""A series as a picture and as a table: what was sold, what is forecast, and how far that may be off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import _
from dougong_inventory.forecast.choosing import BAND
from dougong_inventory.forecast.history import sold
from dougong_inventory.forecast.models import (
    Forecast,
    ForecastAdjustment,
    ForecastLine,
    ForecastSeries,
)
from dougong_inventory.forecast.periods import Periods

#: So many past periods are drawn: two seasons of weeks.
SHOWN = 104


class Point(NamedTuple):
    """A period: what was sold in it, what is forecast, and what counts instead, and why."""

    on: dt.date
    sold: Decimal | None
    forecast: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    by_hand: Decimal | None = None
    reason: str = ""

    @property
    def counts(self) -> Decimal | None:
        """The figure that plans ask for."""
        return self.forecast if self.by_hand is None else self.by_hand


def points(session: Session, series: ForecastSeries, today: dt.date) -> list[Point]:
    """The past that was learnt from, and each period of the forecast; what is over tells what came."""
    forecast = session.get_one(Forecast, series.forecast_id)
    ahead = forecast.periods
    before = min(forecast.past, SHOWN)
    whole = Periods(ahead.day(-before), before + ahead.count, ahead.bucket)
    figures = sold(
        session, forecast.company_id, whole,
        product_id=series.product_id, warehouse_id=series.warehouse_id,
    ).get((series.product_id, series.warehouse_id), [0.0] * whole.count)  # fmt: skip
    told = {
        row.on: row
        for row in session.scalars(select(ForecastLine).where(ForecastLine.series_id == series.id))
    }
    instead = {
        row.on: row
        for row in session.scalars(
            select(ForecastAdjustment).where(ForecastAdjustment.series_id == series.id)
        )
    }
    over = whole.index(today)
    found = []
    for at, (on, figure) in enumerate(zip(whole.days, figures, strict=True)):
        line, mine = told.get(on), instead.get(on)
        found.append(
            Point(
                on,
                Decimal(repr(figure)).normalize() if at < over else None,
                line.quantity if line else None,
                line.low if line else None,
                line.high if line else None,
                mine.quantity if mine else None,
                mine.reason if mine else "",
            )
        )
    return found


def series_tab(
    noun: Any, session: Session, series: ForecastSeries, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """The picture, and the table below it."""
    found = points(session, series, actor.today)
    first = next((at for at, point in enumerate(found) if point.sold or point.counts), 0)
    shown = found[first:]
    return "inventory/forecast.html", {
        "drawn": picture(shown),
        "ahead": [point for point in shown if point.forecast is not None],
        "before": [point for point in reversed(shown) if point.forecast is None],
        "band": BAND,
        "by_hand": any(point.by_hand is not None for point in shown),
    }


def picture(shown: Sequence[Point]) -> dict[str, Any]:
    """Lines for the house's chart: low and high make a band."""

    def line(name: object, values: Sequence[Decimal | None], **look: Any) -> dict[str, Any]:
        data = [None if value is None else float(value) for value in values]
        return {"name": str(name), "data": data, **look}

    return {
        "type": "line",
        "labels": [point.on for point in shown],
        "series": [
            line(_("Sold"), [point.sold for point in shown]),
            line(_("Forecast"), [point.counts for point in shown]),
            line(_("Low"), [point.low for point in shown], band="low"),
            line(_("High"), [point.high for point in shown], band="high"),
        ],
    }
