"""What was forecast becomes rows: exact figures, whole columns at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean

from sqlalchemy import delete, select

from dougong import UnitOfWork
from dougong_inventory.forecast.choosing import Outlook
from dougong_inventory.forecast.history import Place
from dougong_inventory.forecast.models import (
    Forecast,
    ForecastAdjustment,
    ForecastLine,
    ForecastSeries,
)

#: Figures are kept to the hundredth of a unit, ratios to four places.
HUNDREDTH, FINE = Decimal("0.01"), Decimal("0.0001")
#: A ratio of more says nothing more.
MOST = 999_999.0


def clear(uow: UnitOfWork, forecast: Forecast) -> None:
    """Drop what the forecast had said before."""
    uow.flush()
    send = uow.session.connection().execute
    mine = select(ForecastSeries.id).where(ForecastSeries.forecast_id == forecast.id)
    for part in (ForecastLine, ForecastAdjustment):
        send(delete(part).where(part.series_id.in_(mine)))
    send(delete(ForecastSeries).where(ForecastSeries.forecast_id == forecast.id))


def write(uow: UnitOfWork, forecast: Forecast, found: Mapping[Place, Outlook]) -> None:
    """Store series and lines in two statements, whatever their number."""
    outlooks = list(found.values())
    figures = [[exact(figure) for figure in one.figures] for one in outlooks]
    ids = uow.add_columns(
        ForecastSeries, len(found), company_id=forecast.company_id, forecast_id=forecast.id,
        product_id=[product for product, _warehouse in found],
        warehouse_id=[warehouse for _product, warehouse in found],
        kind=[one.kind for one in outlooks], method=[one.method for one in outlooks],
        total=[sum(row, Decimal(0)) for row in figures],
        error=[exact(one.error) for one in outlooks],
        rmsse=[ratio(one.rmsse) for one in outlooks], mase=[ratio(one.mase) for one in outlooks],
        smape=[ratio(one.smape) for one in outlooks], bias=[ratio(one.bias) for one in outlooks],
    )  # fmt: skip
    days = forecast.periods.days
    flat = [figure for row in figures for figure in row]
    reach = [exact(one.reach) for one in outlooks for _day in days]
    uow.add_columns(
        ForecastLine, len(flat), company_id=forecast.company_id,
        series_id=[id for id in ids for _day in days], on=days * len(outlooks), quantity=flat,
        low=[max(Decimal(0), figure - far) for figure, far in zip(flat, reach, strict=True)],
        high=[figure + far for figure, far in zip(flat, reach, strict=True)],
    )  # fmt: skip
    forecast.series = len(found)
    forecast.rmsse = ratio(_mean(one.rmsse for one in outlooks))
    forecast.bias = ratio(_mean(one.bias for one in outlooks))


def exact(figure: float) -> Decimal:
    """A figure as it is kept."""
    return Decimal(repr(figure)).quantize(HUNDREDTH, ROUND_HALF_UP)


def ratio(figure: float | None) -> Decimal | None:
    """A ratio as it is kept."""
    if figure is None:
        return None
    return Decimal(repr(max(-MOST, min(MOST, figure)))).quantize(FINE, ROUND_HALF_UP)


def _mean(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return fmean(known) if known else None
