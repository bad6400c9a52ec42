"""A planner knows better: other figures than were computed, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import func, select

from dougong import NotFound, Refused, UnitOfWork, _
from dougong_inventory.forecast.models import (
    Forecast,
    ForecastAdjustment,
    ForecastLine,
    ForecastSeries,
)


class AlreadyApproved(Refused):
    """Others plan from it."""

    def __init__(self, forecast: Forecast) -> None:
        super().__init__(
            _(
                "%(forecast)s is approved, and others plan from it. Withdraw the approval first.",
                forecast=forecast,
            )
        )


def adjust_series(
    uow: UnitOfWork, ids: Sequence[int], line: int, quantity: Decimal, reason: str
) -> list[ForecastSeries]:
    """Put another figure in the place of the computed one of a period; the history tells who and why."""
    uow.require("inventory.forecast.adjust")
    if quantity < 0:
        raise Refused(_("A forecast quantity is not negative."))
    if not reason.strip():
        raise Refused(_("Say why the figure is changed."))
    several = _open(uow, ids)
    found = uow.session.execute(
        select(ForecastLine.series_id, ForecastLine.on).where(ForecastLine.id == line)
    ).one_or_none()
    for series in several:
        if found is None or found.series_id != series.id:
            raise NotFound(_("period"), line)
        series.move("adjust")
        known = next((one for one in series.adjustments if one.on == found.on), None)
        if known is None:
            known = ForecastAdjustment(series_id=series.id, on=found.on)
            known.quantity, known.reason = quantity, reason.strip()[:400]
            uow.add(known)
        else:
            known.quantity, known.reason = quantity, reason.strip()[:400]
        uow.touch(series)
        uow.flush()
        series.total = _total(uow, series)
    return several


def reset_series(uow: UnitOfWork, ids: Sequence[int]) -> list[ForecastSeries]:
    """What was computed counts again."""
    uow.require("inventory.forecast.adjust")
    several = _open(uow, ids)
    for series in several:
        series.move("reset")
        uow.remove(*series.adjustments)
        uow.touch(series)
        uow.flush()
        series.total = _total(uow, series)
    return several


def _open(uow: UnitOfWork, ids: Sequence[int]) -> list[ForecastSeries]:
    """These series, of forecasts that nobody plans from yet."""
    several = uow.load(
        ForecastSeries, ids, ForecastSeries.adjustments, ForecastSeries.product, lock=True
    )
    for forecast in uow.load(Forecast, sorted({one.forecast_id for one in several}), lock=True):
        if forecast.state == "approved":
            raise AlreadyApproved(forecast)
    return several


def _total(uow: UnitOfWork, series: ForecastSeries) -> Decimal:
    """The sum of what counts, period by period."""
    instead, computed = ForecastAdjustment, ForecastLine
    total = uow.session.scalar(
        select(func.sum(func.coalesce(instead.quantity, computed.quantity)))
        .select_from(computed)
        .outerjoin(
            instead, (instead.series_id == computed.series_id) & (instead.on == computed.on)
        )
        .where(computed.series_id == series.id)
    )  # fmt: skip
    return total or Decimal(0)
