"""Material requirements through the service: tables, proposals, warnings, who waits for what."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from dougong import Actor, DocumentRef, Invalid, Refused
from dougong.jobs.models import QueuedJob
from dougong.jobs.worker import Worker
from dougong_base import Product, Unit
from dougong_base.events import SupplyRequested
from dougong_production.boms.models import Bom, BomLine
from dougong_production.master_plans.models import MasterLine, MasterPlan
from dougong_production.master_plans.service import approve_master_plans
from dougong_production.plan_runs.models import PlanItem, PlanRun, PlanWarning, Proposal
from dougong_production.plan_runs.pegs import Pegs, last_run
from dougong_production.plan_runs.proposals import accept_proposals, dismiss_proposals
from dougong_production.plan_runs.service import (
    AlreadyPlanning,
    cancel_plan_runs,
    plan_now,
    start_plan_runs,
)
from dougong_production.planning.periods import HorizonTooLong, first_day
from dougong_production.planning_rules.models import PlanningRule

CASES = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "cases"
WEEK = dt.timedelta(days=7)
D = Decimal


def case(name):
    path = CASES / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{name}.json is not there")
    return json.loads(path.read_text("utf-8"))


class Works:
    """Short words for what the tests do again and again."""

    def __init__(self, house):
        self.house, self.products = house, {}

    def run(self, act):
        return self.house.run(Actor.system(), act)

    def all(self, model):
        with self.house.read(Actor.system()) as session:
            return session.scalars(select(model).order_by(model.id)).all()

    def items(self, *codes):
        def act(uow):
            unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
            for code in codes:
                product = Product(code=code, name=f"Item {code}", unit_id=unit)
                uow.add(product)
                self.products[code] = product.id

        self.run(act)

    def rule(self, code, method="make", **more):
        self.run(
            lambda uow: uow.add(PlanningRule(product_id=self.products[code], method=method, **more))
        )

    def bom(self, code, parts):
        lines = [BomLine(product_id=self.products[p], quantity=D(q), own_quantity=D(q))
                 for p, q in parts.items()]  # fmt: skip
        self.run(
            lambda uow: uow.add(Bom(code=f"B-{code}", product_id=self.products[code], lines=lines))
        )

    def monday(self):
        return self.run(lambda uow: first_day(uow.today, "week"))

    def want(self, name, **weeks):
        """A master plan: code=[(week counted from 1, quantity) …]."""
        monday = self.monday()

        def act(uow):
            lines = [
                MasterLine(
                    product_id=self.products[code],
                    on=max(monday + WEEK * (week - 1), uow.today),
                    quantity=D(str(quantity)),
                )
                for code, wanted in weeks.items()
                for week, quantity in wanted
            ]
            plan = MasterPlan(name=name, lines=lines)
            uow.add(plan)
            return plan.id

        key = self.run(act)
        self.run(lambda uow: approve_master_plans(uow, [key]))
        return key

    def open(self, periods=12):
        def act(uow):
            run = PlanRun(periods=periods)
            uow.add(run)
            return run.id

        return self.run(act)

    def plan(self, periods=12):
        key = self.open(periods)
        self.run(lambda uow: start_plan_runs(uow, [key]))
        self.run(lambda uow: plan_now(uow, key))
        return next(run for run in self.all(PlanRun) if run.id == key)

    def row(self, code, name):
        (item,) = [i for i in self.all(PlanItem) if i.product_id == self.products[code]]
        return {period + 1: quantity for period, quantity in item.row(name).items()}

    def proposals(self, code=None):
        return [
            p for p in self.all(Proposal) if code is None or p.product_id == self.products[code]
        ]


@pytest.fixture
def runtime(make_runtime):
    return make_runtime("base", "production")


@pytest.fixture
def works(runtime):
    return Works(runtime.house)


@pytest.fixture
def bikes(works):
    """A bicycle takes two wheels, a wheel thirty spokes; spokes are bought in a fortnight."""
    works.items("bike", "wheel", "spoke")
    works.bom("bike", {"wheel": 2})
    works.bom("wheel", {"spoke": 30})
    works.rule("bike", lead_days=7)
    works.rule("wheel", lead_days=7)
    works.rule("spoke", "buy", lead_days=14)
    return works


def test_the_published_table_of_seven_items_comes_out_of_the_service(works):
    told = case("mrp")
    codes = sorted(told["lead_time_weeks"])
    works.items(*codes)
    for code, parts in told["bom"].items():
        works.bom(code, parts)
    for code, weeks in told["lead_time_weeks"].items():
        works.rule(code, "make" if code in told["bom"] else "buy", lead_days=7 * weeks)
    works.want("Fifty", A=[(8, 50)])

    run = works.plan()

    expected = told["case_no_stock"]
    for code in codes:
        assert sum(works.row(code, "gross").values()) == expected["gross_total"][code], code
        releases = {str(week): q for week, q in works.row(code, "releases").items()}
        assert releases == expected["planned_order_releases"][code], code
    assert (run.state, run.items, run.late) == ("done", 7, 0)
    assert {p.method for p in works.proposals("G")} == {"buy"}


def test_the_published_lots_of_wagner_and_whitin_come_out_of_the_service(works):
    (told,) = case("lot_sizing")["cases"]
    works.items("W")
    works.rule(
        "W", "buy", lead_days=0, policy="wagner_whitin", setup_cost=D(str(told["setup"])),
        holding_cost=D(str(told["holding"])),
    )  # fmt: skip
    works.want("Lots", W=list(enumerate(told["demand"], 2)))

    works.plan()

    lots = works.row("W", "receipts")
    assert [lots.get(week, 0) for week in range(2, 6)] == told["wagner_whitin_lots"]


def test_a_proposal_says_when_to_begin_and_how_late_it_will_be(bikes):
    bikes.want("Bikes", bike=[(2, 10)])

    run = bikes.plan()

    (spokes,) = bikes.proposals("spoke")
    assert spokes.quantity == 600
    assert spokes.due_on - spokes.release_on == dt.timedelta(days=14)
    assert spokes.late_days > 0
    assert run.late >= 1
    kinds = {(w.kind, w.product_id) for w in bikes.all(PlanWarning)}
    assert ("late", bikes.products["spoke"]) in kinds


def test_a_run_replaces_open_proposals_and_counts_accepted_ones_as_supply(bikes):
    bikes.want("Bikes", bike=[(8, 10)])
    bikes.plan()
    bike = bikes.proposals("bike")[0]
    bikes.run(lambda uow: accept_proposals(uow, [bike.id]))

    bikes.plan()

    assert [p.state for p in bikes.proposals("bike")] == ["accepted"]
    assert bikes.row("bike", "expected") == {8: 10}
    assert all(p.run_id == bikes.all(PlanRun)[-1].id for p in bikes.proposals("spoke"))


def test_accepted_purchases_are_requested_all_at_once(bikes):
    bikes.want("Bikes", bike=[(8, 10), (9, 5)])
    bikes.plan()
    spokes = bikes.proposals("spoke")

    def accept(uow):
        accept_proposals(uow, [p.id for p in spokes])
        return [event for event in uow.published if isinstance(event, SupplyRequested)]

    (event,) = bikes.run(accept)

    assert [line.quantity for line in event.lines] == [600, 300]
    assert event.lines[0].demand == DocumentRef("production.proposals", spokes[0].id)


def test_pegs_tell_which_plan_waits_for_a_purchase_and_what_a_bicycle_waits_for(bikes):
    plan = bikes.want("Bikes", bike=[(8, 10)])
    bikes.plan()
    (spoke,), (bike,) = bikes.proposals("spoke"), bikes.proposals("bike")

    with bikes.house.read(Actor.system()) as session:
        pegs = Pegs(session, last_run(session))
        up = list(pegs.up(DocumentRef("production.proposals", spoke.id)))
        down = list(pegs.down(DocumentRef("production.proposals", bike.id)))

    assert up[-1].need.document == DocumentRef("production.master_plans", plan)
    assert [tie.product_id for tie in up] == [bikes.products[c] for c in ("spoke", "wheel", "bike")]
    assert down[-1].supply.document == DocumentRef("production.proposals", spoke.id)
    assert down[-1].quantity == 600


def test_a_circle_of_bills_is_named_and_the_rest_is_planned(bikes):
    bikes.bom("spoke", {"wheel": 1})
    bikes.run(lambda uow: uow.session.scalars(select(PlanningRule)).all())

    def make_it(uow):
        for rule in uow.session.scalars(select(PlanningRule)).all():
            rule.method = "make"

    bikes.run(make_it)
    bikes.want("Bikes", bike=[(8, 10)])

    bikes.plan()

    notes = [w.note for w in bikes.all(PlanWarning) if w.kind == "circle"]
    assert len(notes) == 2
    assert all("spoke" in note and "wheel" in note for note in notes)
    assert bikes.row("bike", "receipts") == {8: 10}


def test_safety_stock_is_filled_up_without_any_demand(works):
    works.items("oil")
    works.rule("oil", "buy", safety_stock=D(25))

    works.plan()

    assert works.row("oil", "receipts") == {1: 25}


def test_a_need_beyond_the_horizon_of_its_rule_waits(works):
    works.items("oil")
    works.rule("oil", "buy", horizon_days=21)
    works.want("Oil", oil=[(2, 5), (9, 7)])

    works.plan()

    assert [p.quantity for p in works.proposals()] == [5]


def test_a_second_run_at_once_is_refused_until_the_first_is_cancelled(works):
    works.items("oil")
    first, second = works.open(), works.open()
    works.run(lambda uow: start_plan_runs(uow, [first]))

    with pytest.raises(AlreadyPlanning):
        works.run(lambda uow: start_plan_runs(uow, [second]))
    works.run(lambda uow: cancel_plan_runs(uow, [first]))
    works.run(lambda uow: start_plan_runs(uow, [second]))

    assert [run.state for run in works.all(PlanRun)] == ["cancelled", "running"]


def test_a_cancelled_run_keeps_nothing(works, runtime):
    works.items("oil")
    works.rule("oil", "buy", safety_stock=D(25))
    key = works.open()
    works.run(lambda uow: start_plan_runs(uow, [key]))
    works.run(lambda uow: cancel_plan_runs(uow, [key]))

    Worker(runtime.house, runtime.wiring).work()

    assert works.all(Proposal) == []


def test_the_job_does_the_run_and_says_how_far_it_is(works, runtime):
    works.items("oil")
    works.rule("oil", "buy", safety_stock=D(25))
    key = works.open()
    works.run(lambda uow: start_plan_runs(uow, [key]))

    Worker(runtime.house, runtime.wiring).work()

    (run,) = works.all(PlanRun)
    (job,) = [job for job in works.all(QueuedJob) if job.id == run.job_id]
    assert (run.state, run.proposed, job.state, job.progress) == ("done", 1, "done", 100)


def test_a_horizon_that_is_too_long_is_refused(works):
    key = works.open(periods=209)

    with pytest.raises(HorizonTooLong):
        works.run(lambda uow: start_plan_runs(uow, [key]))
    assert works.all(PlanRun)[0].state == "draft"


def test_a_master_plan_for_yesterday_is_not_approved(works):
    works.items("oil")

    def act(uow):
        line = MasterLine(
            product_id=works.products["oil"], on=uow.today - dt.timedelta(days=1), quantity=D(5)
        )
        plan = MasterPlan(name="Past", lines=[line])
        uow.add(plan)
        return plan.id

    key = works.run(act)

    with pytest.raises(Refused, match="past"):
        works.run(lambda uow: approve_master_plans(uow, [key]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"lead_days": -1},
        {"lead_days": 4000},
        {"policy": "fixed"},
        {"policy": "wagner_whitin"},
        {"safety_stock": D(-1)},
        {"horizon_days": 0},
    ],
)
def test_an_impossible_rule_is_refused(works, wrong):
    works.items("oil")

    with pytest.raises((Refused, Invalid)):
        works.rule("oil", "buy", **wrong)
    assert works.all(PlanningRule) == []


def test_a_dismissed_proposal_may_be_proposed_again(works):
    works.items("oil")
    works.rule("oil", "buy", safety_stock=D(25))
    works.plan()
    (first,) = works.proposals()
    works.run(lambda uow: dismiss_proposals(uow, [first.id]))

    works.plan()

    assert [p.state for p in works.proposals()] == ["dismissed", "open"]
