"""What was forecast becomes rows: exact figures, whole columns at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean

from sqlalchemy import delete, select

from dougong import UnitOfWork
from dougong_base import Product
from dougong_inventory.forecast.choosing import Outlook
from dougong_inventory.forecast.history import Place
from dougong_inventory.forecast.models import (
    Forecast,
    ForecastAdjustment,
    ForecastLine,
    ForecastSeries,
)

#: Figures are kept to the hundredth of a unit, ratios to three places, per cent to one.
HUNDREDTH, FINE, TENTH = Decimal("0.01"), Decimal("0.001"), Decimal("0.1")
#: A ratio of more says nothing more.
MOST = 999_999.0
#: So many ids fit into one statement on every database.
AT_ONCE = 10_000


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
    names = _names(uow, {product for product, _warehouse in found})
    figures = [[exact(figure) for figure in one.figures] for one in outlooks]
    ids = uow.add_columns(
        ForecastSeries, len(found), company_id=forecast.company_id, forecast_id=forecast.id,
        product_id=[product for product, _warehouse in found],
        name=[names[product] for product, _warehouse in found],
        warehouse_id=[warehouse for _product, warehouse in found],
        kind=[one.kind for one in outlooks], method=[one.method for one in outlooks],
        total=[sum(row, Decimal(0)) for row in figures],
        error=[exact(one.error) for one in outlooks],
        rmsse=[ratio(one.rmsse) for one in outlooks], mase=[ratio(one.mase) for one in outlooks],
        smape=[percent(one.smape) for one in outlooks],
        bias=[percent(None if one.bias is None else 100 * one.bias) for one in outlooks],
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
    tried, came = sum(one.tried for one in outlooks), sum(one.came for one in outlooks)
    forecast.bias = percent(100 * (tried - came) / came if came else None)


def exact(figure: float) -> Decimal:
    """A figure as it is kept."""
    return Decimal(repr(figure)).quantize(HUNDREDTH, ROUND_HALF_UP)


def ratio(figure: float | None, places: Decimal = FINE) -> Decimal | None:
    """A ratio as it is kept."""
    if figure is None:
        return None
    return Decimal(repr(max(-MOST, min(MOST, figure)))).quantize(places, ROUND_HALF_UP)


def percent(figure: float | None) -> Decimal | None:
    """So many per cent, to the tenth."""
    return ratio(figure, TENTH)


def _mean(figures: Iterable[float | None]) -> float | None:
    known = [figure for figure in figures if figure is not None]
    return fmean(known) if known else None


def _names(uow: UnitOfWork, products: Iterable[int]) -> dict[int, str]:
    """Code and name of each product."""
    ids, found = sorted(products), dict[int, str]()
    for at in range(0, len(ids), AT_ONCE):
        rows = uow.session.execute(
            select(Product.id, Product.code, Product.name).where(
                Product.id.in_(ids[at : at + AT_ONCE])
            )
        )
        found |= {id: f"{code} {name}"[:250] for id, code, name in rows}
    return found
