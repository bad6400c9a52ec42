"""A laboratory's day in the browser: measure, judge a chart by frozen limits, correct what went wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from dougong.actors import Actor
from dougong_base import Product
from dougong_production.control_limits.models import ControlLimits
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.service import decide_inspections
from dougong_production.ncrs.models import Ncr
from dougong_production.quality_plans.models import Characteristic, QualityPlan

PHONE = {"width": 390, "height": 844}
Opened, Looked = Callable[..., Any], Callable[[Any], list[str]]


@pytest.fixture(scope="module")
def lab(server: Any) -> dict[str, int]:
    """Eight lots were measured, the last of them has failed; one more waits."""

    def inspected(uow: Any, plan: QualityPlan, beam: int, n: int) -> Inspection:
        lot = Inspection(
            plan_id=plan.id, product_id=beam, stage="operation", quantity=Decimal(50), lot_size=50,
            sample_size=1, due_on=uow.today,
            results=[Result(characteristic_id=plan.characteristics[0].id)],
        )  # fmt: skip
        lot.draw(plan)
        uow.add(lot)
        uow.number(lot, "inspection", on=uow.today)
        return lot

    def act(uow: Any) -> dict[str, int]:
        beam = uow.session.scalar(select(Product.id).where(Product.code == "BEAM"))
        plan = QualityPlan(
            code="BEAMS", name="Beams", stage="operation", operation="Sawing", sampling="number",
            number=3, holds=False,
            product_id=beam,
            characteristics=[
                Characteristic(name="Width", unit="mm", lower=Decimal(199), upper=Decimal(201))
            ],
        )  # fmt: skip
        uow.add(plan)
        uow.flush()
        for n in range(8):
            lot = inspected(uow, plan, beam, n)
            far = 2 if n == 7 else Decimal(n % 3) / 10
            lot.results[0].values = f"{200 + far} {200 - Decimal(n % 2) / 10} 200.1"
            decide_inspections(uow, [lot.id], on=uow.today - dt.timedelta(days=8 - n))
        waiting = inspected(uow, plan, beam, 8)
        uow.flush()
        ncr = uow.session.scalar(select(Ncr.id).order_by(Ncr.id.desc()).limit(1))
        return {
            "plan": plan.id,
            "waiting": waiting.id,
            "ncr": ncr,
            "of": plan.characteristics[0].id,
        }

    found: dict[str, int] = server.runtime.house.run(Actor.system(), act)
    return found


def look(server: Any, model: Any, key: int) -> Any:
    with server.runtime.house.read(Actor.system()) as session:
        return session.get(model, key)


def step(page: Any, name: str) -> None:
    """Press a button that takes the document along."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def sure(page: Any, name: str) -> None:
    """Press the button of a step that asks, and say yes; the page comes anew."""
    page.get_by_role("button", name=name, exact=True).first.click()
    with page.expect_navigation():
        page.locator("dialog[open] [type=submit]").last.click()
    page.wait_for_load_state("networkidle")


def test_an_inspector_types_measurements_and_decides(
    open_page: Opened, axe: Looked, server: Any, lab: dict[str, int]
) -> None:
    page = open_page(f"/production/lab/{lab['waiting']}", size=PHONE)
    for value in ("199.9", "200.1", "200.0"):
        page.locator("[autofocus]").fill(value)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert axe(page) == []
    page = open_page(f"/production/inspections/{lab['waiting']}")
    assert "199.9" in page.locator("#doc").inner_html()
    assert axe(page) == []
    sure(page, "Decide")
    assert look(server, Inspection, lab["waiting"]).state == "passed"


def test_a_quality_manager_freezes_the_limits_of_a_chart_and_releases_them(
    open_page: Opened, axe: Looked, server: Any, lab: dict[str, int]
) -> None:
    page = open_page(f"/production/quality_plans/{lab['plan']}/charts")
    assert "Limits follow the points shown." in page.inner_text("main")
    page.get_by_role("link", name="Freeze limits").click()
    page.wait_for_selector("#doc")
    assert axe(page) == []
    assert page.input_value("#f-from_on") < page.input_value("#f-until_on")
    day = (Actor.system().today - dt.timedelta(days=2)).isoformat()
    page.fill("#f-until_on", day)
    step(page, "Save")
    page.wait_for_url(re.compile(r"/control_limits/\d+"))
    sure(page, "Freeze")
    key = int(re.findall(r"/control_limits/(\d+)", page.url)[0])
    found = look(server, ControlLimits, key)
    assert (found.state, found.inspections) == ("valid", 7)
    assert axe(page) == []

    page.goto(f"{server.url}/production/quality_plans/{lab['plan']}/charts")
    assert "Limits of 7 inspections" in page.inner_text("main")
    assert "Out of control" in page.inner_text("main")
    page.get_by_role("link", name="Look at them").click()
    page.wait_for_selector("#doc")
    sure(page, "Release")
    assert look(server, ControlLimits, key).state == "released"


def test_what_failed_is_contained_and_corrected(
    open_page: Opened, axe: Looked, server: Any, lab: dict[str, int]
) -> None:
    page = open_page(f"/production/ncrs/{lab['ncr']}")
    assert axe(page) == []
    page.fill("#f-containment", "The lot is set apart.")
    page.fill("#f-cause", "The fence of the saw has moved.")
    step(page, "Save")
    step(page, "Contained")
    assert look(server, Ncr, lab["ncr"]).state == "contained"
    assert axe(page) == []


@pytest.mark.parametrize(
    ("theme", "size"), [("dark", PHONE), ("light", PHONE), ("dark", {"width": 1440, "height": 900})]
)
def test_quality_fits_on_a_phone_in_the_dark_and_speaks_chinese(
    open_page: Opened, axe: Looked, lab: dict[str, int], theme: str, size: dict[str, int]
) -> None:
    for address, words in (
        ("/production/charts", "控制图"),
        (f"/production/quality_plans/{lab['plan']}/charts", "控制限"),
        (f"/production/inspections/{lab['waiting']}", "检验计划"),
        (f"/production/ncrs/{lab['ncr']}", "不合格"),
        ("/production/control_limits", "固定控制限"),
        ("/production/reports/control-chart", "控制图"),
        ("/production/lab", "录入测量值"),
    ):
        page = open_page(address, language="zh_Hans_CN", theme=theme, size=size)
        assert words in page.inner_text("body"), address
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address
        assert axe(page) == [], address


def test_on_a_phone_the_first_field_of_a_line_is_as_wide_as_the_line(
    open_page: Opened, lab: dict[str, int]
) -> None:
    page = open_page(f"/production/quality_plans/{lab['plan']}", size=PHONE)
    cell, row = (
        page.locator(s).first.bounding_box() for s in (".lines td.lead", ".lines tbody tr")
    )
    assert cell["width"] > row["width"] * 0.8
