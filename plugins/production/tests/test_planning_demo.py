"""The demo company plans ahead, and its plan holds against the checks."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong_production.master_plans.models import MasterPlan
from dougong_production.plan_runs.models import PlanFlow, PlanItem, PlanRun, Proposal
from dougong_production.planning.checks import needs_are_pegged
from dougong_production.planning.demo import plan_ahead
from dougong_production.planning.widgets import load, waiting
from dougong_production.schedules.models import Schedule, ScheduledWork


@pytest.fixture
def planned(shop):
    for code in ("DESK", "TOP", "BOARD"):
        shop.product(code)
    bench = shop.centre("BENCH")
    shop.bom("TOP", ("BOARD", "2"), operations=[(10, bench, "5", "1")])
    shop.bom("DESK", ("TOP", "1"), operations=[(10, bench, "5", "30")])
    shop.run(plan_ahead)
    shop.run(plan_ahead)
    return shop


def test_the_demo_has_a_plan_in_force_one_run_and_proposals_over_all_levels(planned):
    assert [plan.state for plan in planned.all(MasterPlan)] == ["approved"]
    (run,) = planned.all(PlanRun)
    assert (run.state, run.items) == ("done", 3)
    quantities = {}
    for proposal in planned.all(Proposal):
        (code,) = planned.codes([proposal.product_id])
        quantities[code] = quantities.get(code, 0) + proposal.quantity
    # What goes into nothing else is wanted; what it is made of follows.
    assert quantities == {"DESK": 44, "TOP": 44, "BOARD": 88}
    assert planned.read(lambda session: waiting(session, Actor.system())) == len(
        planned.all(Proposal)
    )


def test_the_check_of_needs_finds_a_row_that_nobody_asks_for(planned):
    assert planned.read(lambda session: list(needs_are_pegged(session))) == []

    (item,) = [i for i in planned.all(PlanItem) if planned.codes([i.product_id]) == ["TOP"]]

    def wrong(uow):
        uow.get(PlanItem, item.id).gross += 7

    planned.run(wrong)
    (said,) = planned.read(lambda session: list(needs_are_pegged(session)))
    assert "51 of TOP are needed, but 44 are asked for" in said


def test_without_orders_nothing_is_scheduled_and_no_load_is_told(planned):
    assert planned.all(Schedule)[0].state == "draft"
    assert planned.all(ScheduledWork) == []
    assert planned.read(lambda session: list(load(session, Actor.system()))) == []
    assert planned.all(PlanFlow)
    assert planned.read(lambda s: s.scalar(select(PlanRun.state))) == "done"
