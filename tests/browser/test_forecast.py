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

PHONE = {"width": 390, "height": 844}


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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_forecast_is_drawn_and_stands_in_tables(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], series: int, theme: str
) -> None:
    page = open_page(f"/inventory/forecast_series/{series}/periods", theme=theme)
    page.wait_for_selector("[data-chart] svg path", state="attached")
    # Sold, forecast, low and high are lines, and the band between the last two is filled.
    assert page.locator("[data-chart] path.chart-band").count() == 1
    assert page.locator("[data-chart] path.edge").count() == 2
    rows = page.locator("table").first.locator("tbody tr")
    assert rows.count() == 6
    assert axe(page) == []


def test_the_tables_fit_on_a_phone_and_speak_chinese(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], series: int
) -> None:
    page = open_page(
        f"/inventory/forecast_series/{series}/periods", language="zh_Hans_CN", size=PHONE
    )
    page.wait_for_selector("[data-chart] svg path", state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert "下限" in page.locator("table").first.inner_text()
    assert axe(page) == []


def test_a_planner_changes_a_figure_with_a_reason(
    open_page: Callable[..., Any], server: Any, series: int
) -> None:
    page = open_page(f"/inventory/forecast_series/{series}")
    page.get_by_role("button", name="Change a figure").click()
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    dialog.locator("select").select_option(index=2)
    dialog.locator("input[name*='quantity']").fill("40")
    dialog.locator("[name*='reason']").fill("Trade fair")
    with page.expect_navigation():
        dialog.locator("button[type=submit], button.btn-primary").last.click()
    page.get_by_role("link", name="By period").click()
    page.wait_for_url("**/periods")
    assert "Trade fair" in page.locator("table").first.inner_text()
    page.get_by_role("link", name="History").click()
    page.wait_for_url("**/history")
    told = page.locator("main").inner_text()
    assert "Ana Ruiz" in told
    assert "Trade fair" in told
    with server.runtime.house.read(Actor.system()) as session:
        (changed,) = session.scalars(select(ForecastAdjustment)).all()
        assert (changed.quantity, changed.reason) == (40, "Trade fair")
