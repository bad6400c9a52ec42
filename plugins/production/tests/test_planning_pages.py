"""The pages of plans and schedules, as a browser gets them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong.jobs.worker import Worker
from dougong.people.roles.service import give_role
from dougong.people.users.service import add_user
from dougong.web.app import create_app
from dougong_base import Product, Unit
from dougong_production.orders.models import Order
from dougong_production.plan_runs.models import PlanItem, PlanRun, Proposal
from dougong_production.plan_runs.service import plan_now, start_plan_runs
from dougong_production.planning_rules.models import PlanningRule
from dougong_production.schedules.models import Schedule
from dougong_production.schedules.service import start_schedules
from dougong_production.work_centres.models import WorkCentre
from dougong_production.work_orders.models import WorkOrder

SYSTEM = Actor.system()
PASSWORD = "correct horse 7"


@pytest.fixture
def planned(make_runtime):
    """Oil below its safety stock, planned; an order of one operation, scheduled."""
    runtime = make_runtime("base", "production")

    def enter(uow):
        unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
        oil = Product(code="OIL", name="Oil", unit_id=unit)
        centre = WorkCentre(code="MIX", name="Mixer")
        uow.add(oil, centre)
        work = WorkOrder(
            name="Mix", work_centre_id=centre.id, quantity=Decimal(1), planned_minutes=Decimal(30)
        )
        run, schedule = PlanRun(periods=12), Schedule(name="Today", repeatable=True, seconds=5)
        uow.add(
            PlanningRule(product_id=oil.id, safety_stock=Decimal(25)),
            Order(product_id=oil.id, quantity=Decimal(1), work=[work]),
            run,
            schedule,
        )
        user, _secret = add_user(uow, "pia", "Pia", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "production.planner")
        return run.id, schedule.id

    run, schedule = runtime.house.run(SYSTEM, enter)
    runtime.house.run(SYSTEM, lambda uow: start_plan_runs(uow, [run]))
    runtime.house.run(SYSTEM, lambda uow: plan_now(uow, run))
    runtime.house.run(SYSTEM, lambda uow: start_schedules(uow, [schedule]))
    Worker(runtime.house, runtime.wiring).work()
    return runtime


@pytest.fixture
def browser(planned):
    client = create_app(planned, planned.config).test_client()
    page = client.get("/login").get_data(as_text=True)
    word = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"login": "pia", "password": PASSWORD, "csrf_token": word}
    assert client.post("/login", data=form).status_code == 303
    return client


def first(runtime, model):
    with runtime.house.read(SYSTEM) as session:
        return session.scalar(select(model.id).order_by(model.id))


@pytest.mark.parametrize(
    "slug",
    [
        "proposals", "plan_warnings", "plan_items", "plan_runs", "master_plans", "planning_rules",
        "schedules", "reports/who-waits", "reports/why-late", "reports/promise",
        "schedules/new", "plan_runs/new", "master_plans/new", "planning_rules/new",
    ],
)  # fmt: skip
def test_every_page_of_planning_answers_a_planner(browser, slug):
    assert browser.get(f"/production/{slug}").status_code == 200


def test_the_table_of_an_item_shows_what_comes_when(planned, browser):
    page = browser.get(f"/production/plan_items/{first(planned, PlanItem)}/table")

    assert page.status_code == 200
    assert "Planned receipts" in page.get_data(as_text=True)
    assert ">25</td>" in page.get_data(as_text=True)


def test_the_pegs_of_a_proposal_say_that_it_fills_the_safety_stock(planned, browser):
    page = browser.get(f"/production/proposals/{first(planned, Proposal)}/pegs")

    assert page.status_code == 200
    assert "Who waits for it" in page.get_data(as_text=True)


def test_the_gantt_chart_has_a_bar_and_a_row_for_each_operation(planned, browser):
    page = browser.get(f"/production/schedules/{first(planned, Schedule)}/gantt")
    text = page.get_data(as_text=True)

    assert page.status_code == 200
    assert text.count("<rect") == text.count("<td>Mix</td>") == 1


@pytest.mark.parametrize(
    ("slug", "model"),
    [("proposals", Proposal), ("plan_items", PlanItem), ("planning_rules", PlanningRule)],
)
def test_what_has_no_number_is_headed_by_its_product(planned, browser, slug, model):
    for tab in ("", "/notes"):
        page = browser.get(f"/production/{slug}/{first(planned, model)}{tab}").text
        assert "<h1>OIL · Oil" in page, tab
        assert "<title>OIL · Oil ·" in page
