"""A laboratory's day in the browser: measure, judge a chart by frozen limits, correct what went wrong."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from corners import Corner
from hands import settled
from sqlalchemy import select

from dougong.actors import Actor
from dougong_base import Product
from dougong_production.control_limits.models import ControlLimits
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.service import decide_inspections
from dougong_production.ncrs.models import Ncr
from dougong_production.quality_plans.models import Characteristic, QualityPlan

Opened, Looked, Said = Callable[..., Any], Callable[[Any], None], Callable[..., str]


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


def now(server: Any, model: Any, key: int) -> Any:
    """How a document stands in the database."""
    with server.runtime.house.read(Actor.system()) as session:
        return session.get(model, key)


def step(page: Any, name: str) -> None:
    """Press a button that takes the document along."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name=name, exact=True).first.click()
    settled(page)


def sure(page: Any, name: str) -> None:
    """Press the button of a step that asks, and say yes; the page comes anew."""
    page.get_by_role("button", name=name, exact=True).first.click()
    with page.expect_navigation():
        page.locator("dialog[open] [type=submit]").last.click()
    settled(page)


def test_an_inspector_types_measurements_and_decides(
    open_page: Opened, look: Looked, say: Said, server: Any, lab: dict[str, int]
) -> None:
    page = open_page(f"/production/lab/{lab['waiting']}")
    look(page)
    for value in ("199.9", "200.1", "200.0"):
        page.locator("[autofocus]").fill(value)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    look(page)
    page.goto(f"{server.url}/production/inspections/{lab['waiting']}")
    assert "199.9" in page.locator("#doc").inner_html()
    look(page)
    sure(page, say("Decide"))
    assert now(server, Inspection, lab["waiting"]).state == "passed"


def test_a_quality_manager_freezes_the_limits_of_a_chart_and_releases_them(
    open_page: Opened, look: Looked, say: Said, server: Any, lab: dict[str, int]
) -> None:
    charts = f"/production/quality_plans/{lab['plan']}/charts"
    page = open_page(charts)
    assert say("Limits follow the points shown.") in page.inner_text("main")
    look(page)
    page.locator("main").get_by_role("link", name=say("Freeze limits")).click()
    page.wait_for_selector("#doc")
    look(page)
    assert page.input_value("#f-from_on") < page.input_value("#f-until_on")
    day = (Actor.system().today - dt.timedelta(days=2)).isoformat()
    page.fill("#f-until_on", day)
    step(page, say("Save"))
    page.wait_for_url(re.compile(r"/control_limits/\d+"))
    sure(page, say("Freeze", "control limits"))
    key = int(re.findall(r"/control_limits/(\d+)", page.url)[0])
    found = now(server, ControlLimits, key)
    assert (found.state, found.inspections) == ("valid", 7)
    look(page)

    page.goto(server.url + charts)
    told = say("Limits of %(inspections)s inspections from %(first)s until %(last)s",
               inspections=7, first="|", last="|")  # fmt: skip
    assert all(part.strip() in page.inner_text("main") for part in told.split("|"))
    assert say("Out of control") in page.inner_text("main")
    look(page)
    page.get_by_role("link", name=say("Look at them")).click()
    page.wait_for_selector("#doc")
    sure(page, say("Release", "control limits"))
    assert now(server, ControlLimits, key).state == "released"


def test_what_failed_is_contained_and_corrected(
    open_page: Opened, look: Looked, say: Said, server: Any, lab: dict[str, int]
) -> None:
    page = open_page(f"/production/ncrs/{lab['ncr']}")
    look(page)
    page.fill("#f-containment", "The lot is set apart.")
    page.fill("#f-cause", "The fence of the saw has moved.")
    step(page, say("Save"))
    step(page, say("Contained"))
    assert now(server, Ncr, lab["ncr"]).state == "contained"
    look(page)


def test_the_pages_of_quality_say_what_they_are(
    open_page: Opened, look: Looked, say: Said, server: Any, lab: dict[str, int]
) -> None:
    page = open_page("/production/lab")
    for address, words in (
        ("/production/lab", "Enter measurements"),
        ("/production/charts", "Control charts"),
        ("/production/control_limits", "Frozen control limits"),
        ("/production/reports/control-chart", "Control chart"),
    ):
        page.goto(server.url + address)
        assert say(words) in page.inner_text("main"), address
        look(page)


def test_the_first_field_of_a_line_is_as_wide_as_the_line_of_a_phone(
    open_page: Opened, look: Looked, lab: dict[str, int], corner: Corner
) -> None:
    page = open_page(f"/production/quality_plans/{lab['plan']}")
    look(page)
    cell, row = (
        page.locator(s).first.bounding_box() for s in (".lines td.lead", ".lines tbody tr")
    )
    assert (cell["width"] > row["width"] * 0.8) is corner.phone
