"""A planner looks at a forecast: the picture, the tables below it, and a figure changed by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from dougong.actors import Actor
from dougong_base import Product
from dougong_inventory.forecast.making import forecast_now
from dougong_inventory.forecast.models import Forecast, ForecastAdjustment, ForecastSeries
from dougong_inventory.forecast.service import start_forecasts
from dougong_inventory.moves.models import Move
from dougong_inventory.warehouses.models import Location

Look = Callable[[Any], None]
Say = Callable[..., str]


@pytest.fixture(scope="module")
def series(server: Any) -> int:
    """Oak beams have left every week for half a year; what comes is forecast."""

    def sold(uow: Any) -> int:
        beam = uow.session.scalar(select(Product.id).where(Product.code == "BEAM"))
        places = dict(uow.session.execute(select(Location.role, Location.id)).all())
        for week in range(26):
            moved = Move(
                moved_on=uow.today - dt.timedelta(days=7 * week + 7), written_at=uow.now,
                reason="shipment", product_id=beam, from_id=places["stock"],
                to_id=places["customers"], quantity=Decimal(5 + week % 3),
                change=-Decimal(5 + week % 3), document_kind="inventory.deliveries", document_id=1,
            )  # fmt: skip
            uow.add(moved)
        forecast = Forecast(horizon=6, method="smoothing")
        uow.add(forecast)
        uow.flush()
        start_forecasts(uow, [forecast.id])
        forecast_now(uow, forecast.id)
        found = uow.session.scalar(
            select(ForecastSeries.id).where(ForecastSeries.forecast_id == forecast.id)
        )
        assert found is not None
        return int(found)

    return int(server.runtime.house.run(Actor.system(), sold))


def test_what_is_forecast_is_drawn_and_stands_in_tables(
    open_page: Callable[..., Any], look: Look, say: Say, series: int
) -> None:
    page = open_page(f"/inventory/forecast_series/{series}/periods")
    page.wait_for_selector("[data-chart] svg path", state="attached")
    # Sold, forecast, low and high are lines, and the band between the last two is filled.
    assert page.locator("[data-chart] path.chart-band").count() == 1
    assert page.locator("[data-chart] path.edge").count() == 2
    table = page.locator("table").first
    assert table.locator("tbody tr").count() == 6
    assert say("Low") in table.inner_text()
    look(page)


def test_a_planner_changes_a_figure_with_a_reason(
    open_page: Callable[..., Any], server: Any, look: Look, say: Say, series: int
) -> None:
    page = open_page(f"/inventory/forecast_series/{series}")
    page.get_by_role("button", name=say("Change a figure")).click()
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    dialog.locator("select").select_option(index=2)
    dialog.locator("input[name*='quantity']").fill("40")
    dialog.locator("[name*='reason']").fill("Trade fair")
    look(page)
    with page.expect_navigation():
        dialog.locator("button[type=submit], button.btn-primary").last.click()
    page.get_by_role("link", name=say("By period")).click()
    page.wait_for_url("**/periods")
    assert "Trade fair" in page.locator("table").first.inner_text()
    page.get_by_role("link", name=say("History")).click()
    page.wait_for_url("**/history")
    told = page.locator("main").inner_text()
    assert "Ana Ruiz" in told
    assert "Trade fair" in told
    look(page)
    with server.runtime.house.read(Actor.system()) as session:
        (changed,) = session.scalars(select(ForecastAdjustment)).all()
        assert (changed.quantity, changed.reason) == (40, "Trade fair")
