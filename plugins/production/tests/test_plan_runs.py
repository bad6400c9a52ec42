"""Material requirements through the service: tables, proposals, warnings, who waits for what."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from long_work import cancelled_at
from sqlalchemy import select

from dougong import Actor, DocumentRef, Invalid, Refused
from dougong.jobs.models import QueuedJob
from dougong.jobs.worker import Worker
from dougong_base import Product, Unit
from dougong_base.events import SupplyRequested
from dougong_base.ports import Demand, DemandForecast, Movement
from dougong_production.boms.models import Bom, BomByProduct, BomLine
from dougong_production.boms.service import save_boms
from dougong_production.master_plans.models import MasterLine, MasterPlan
from dougong_production.master_plans.service import (
    NobodyForecasts,
    approve_master_plans,
    fill_from_forecast,
)
from dougong_production.plan_runs.gathering import consumed
from dougong_production.plan_runs.models import PlanItem, PlanRun, PlanWarning, Proposal
from dougong_production.plan_runs.pegs import Pegs, last_run
from dougong_production.plan_runs.proposals import accept_proposals, dismiss_proposals
from dougong_production.plan_runs.service import (
    AlreadyPlanning,
    cancel_plan_runs,
    plan,
    plan_now,
    start_plan_runs,
    stop_plan_runs,
)
from dougong_production.planning.periods import HorizonTooLong, Periods, first_day
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

    def by_product(self, code, extra, quantity):
        def act(uow):
            bom = uow.session.scalar(select(Bom.id).where(Bom.product_id == self.products[code]))
            uow.add(BomByProduct(bom_id=bom, product_id=self.products[extra], quantity=D(quantity)))

        self.run(act)

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


class Interrupted:
    """A job's run during which somebody does something when it says how far it is."""

    def __init__(self, works, at, act):
        self.house, self.actor = works.house, Actor.system()
        self.at, self.act, self.notes = at, act, []

    def do(self, act):
        return self.house.run(self.actor, act)

    def read(self):
        return self.house.read(self.actor)

    def progress(self, percent, note=""):
        self.notes.append(str(note))
        if str(note) == self.at:
            self.do(self.act)


def test_a_run_that_is_stopped_keeps_the_levels_it_has_planned(bikes):
    bikes.want("Spring", bike=[(8, 10)])
    key = bikes.open()
    bikes.run(lambda uow: start_plan_runs(uow, [key]))

    plan(Interrupted(bikes, "Level 3 of 3", lambda uow: stop_plan_runs(uow, [key])), key)

    (run,) = [run for run in bikes.all(PlanRun) if run.id == key]
    assert (run.state, run.busy) == ("done", None)
    assert run.message == "Stopped: 2 of 3 levels are planned."
    assert [p.quantity for p in bikes.proposals("bike")] == [10]
    assert [p.quantity for p in bikes.proposals("wheel")] == [20]
    assert bikes.proposals("spoke") == []


def test_a_run_that_is_cancelled_in_the_middle_leaves_the_last_plan(bikes):
    bikes.want("Spring", bike=[(8, 10)])
    before = bikes.plan()
    kept = [p.id for p in bikes.proposals()]
    bikes.want("Summer", bike=[(9, 5)])
    key = bikes.open()
    bikes.run(lambda uow: start_plan_runs(uow, [key]))

    plan(Interrupted(bikes, "Level 2 of 3", lambda uow: cancel_plan_runs(uow, [key])), key)

    assert [run.state for run in bikes.all(PlanRun)] == ["done", "cancelled"]
    assert [p.id for p in bikes.proposals()] == kept
    with bikes.house.read(Actor.system()) as session:
        assert last_run(session).id == before.id


def test_a_proposal_accepted_while_the_plan_is_netted_is_not_proposed_again(bikes):
    bikes.want("Spring", bike=[(8, 10)])
    bikes.plan()
    (bike,) = bikes.proposals("bike")
    key = bikes.open()
    bikes.run(lambda uow: start_plan_runs(uow, [key]))

    def accept(uow):
        accept_proposals(uow, [bike.id])

    plan(Interrupted(bikes, "Writing proposals", accept), key)

    assert [(p.id, p.state) for p in bikes.proposals("bike")] == [(bike.id, "accepted")]


def test_what_comes_out_beside_counts_as_supply_and_knows_who_waits_for_it(works):
    works.items("cheese", "whey", "milk", "drink")
    works.bom("cheese", {"milk": 10})
    works.bom("drink", {"whey": 2})
    works.by_product("cheese", "whey", 8)
    works.want("Dairy", cheese=[(3, 5)], drink=[(3, 15), (4, 10)])

    works.plan()

    # Five cheeses bring forty of whey in the third week; thirty and twenty are needed.
    assert works.row("whey", "expected") == {3: 40}
    assert [p.quantity for p in works.proposals("whey")] == [10]
    (cheese,) = works.proposals("cheese")
    with works.house.read(Actor.system()) as session:
        pegs = Pegs(session, last_run(session))
        up = [
            (t.product_id, t.quantity)
            for t in pegs.up(DocumentRef("production.proposals", cheese.id))
            if t.product_id == works.products["whey"]
        ]
    assert up == [(works.products["whey"], 30), (works.products["whey"], 10)]


def test_what_is_won_back_lessens_what_is_needed(works):
    works.items("film", "edge")
    works.bom("film", {"edge": 1})
    works.by_product("film", "edge", "0.2")
    works.want("Rolls", film=[(2, 100)])

    works.plan()

    assert [p.quantity for p in works.proposals("edge")] == [80]


def test_what_comes_out_beside_its_own_material_does_not_stop_the_plan(works):
    works.items("film", "strip")
    works.bom("film", {})
    works.bom("strip", {"film": 1})
    works.by_product("film", "strip", "0.2")
    works.want("Rolls", strip=[(2, 100)])

    works.plan()

    assert [p.quantity for p in works.proposals("film")] == [100]
    assert [p.quantity for p in works.proposals("strip")] == [100]
    assert [w.kind for w in works.all(PlanWarning) if w.kind == "circle"] == []


class Market:
    """What customers will want, as somebody forecasts it."""

    def __init__(self, *needs):
        self.needs = needs

    def between(self, product_ids, start, end, *, warehouse_id=None):
        return [n for n in self.needs if n.product_id in product_ids and start <= n.on <= end]


@pytest.fixture
def forecast(bikes, monkeypatch):
    """Forty bicycles are expected in the seventh week, and twenty in the ninth."""
    monday = bikes.monday()
    needs = [
        Demand(bikes.products["bike"], monday + WEEK * (week - 1), D(quantity), None)
        for week, quantity in ((7, 40), (9, 20))
    ]
    offered = {**bikes.house.providers, DemandForecast: lambda uow: Market(*needs)}
    monkeypatch.setattr(bikes.house, "providers", offered)
    return needs


def test_what_the_market_will_want_is_planned_where_no_master_plan_speaks(bikes, forecast):
    bikes.plan()
    assert bikes.row("bike", "gross") == {7: 40, 9: 20}
    assert bikes.row("spoke", "gross") == {5: 40 * 60, 7: 20 * 60}

    # Where a master plan says what is wanted, it counts instead.
    bikes.want("Spring", bike=[(8, 10)])
    bikes.plan()
    assert bikes.row("bike", "gross") == {8: 10}


def test_a_master_plan_is_filled_where_nothing_was_entered(bikes, forecast):
    monday = bikes.monday()

    def draft(uow):
        line = MasterLine(
            product_id=bikes.products["bike"], on=monday + WEEK * 6, quantity=D(25), position=0
        )
        plan = MasterPlan(name="Autumn", lines=[line])
        uow.add(plan)
        return plan.id

    key = bikes.run(draft)
    for _again in range(2):
        bikes.run(lambda uow: fill_from_forecast(uow, [key]))

    lines = [(line.on, line.quantity) for line in bikes.all(MasterLine)]
    assert lines == [(monday + WEEK * 6, 25), (monday + WEEK * 8, 20)]
    bikes.run(lambda uow: approve_master_plans(uow, [key]))
    bikes.plan()
    assert bikes.row("bike", "gross") == {7: 25, 9: 20}


def test_nobody_can_be_asked_to_fill_a_plan_where_nobody_forecasts(works):
    works.items("W")
    key = works.run(lambda uow: uow.add(plan := MasterPlan(name="Empty")) or plan.id)
    with pytest.raises(NobodyForecasts, match="Nobody forecasts demand"):
        works.run(lambda uow: fill_from_forecast(uow, [key]))


@pytest.mark.parametrize(("ordered", "left"), [(30, [10, 20]), (40, [20]), (65, [20])])
def test_orders_use_up_the_forecast_of_their_own_period(ordered, left):
    start = dt.date(2026, 3, 2)
    periods = Periods(start, 8)
    needs = [Demand(1, start, D(40), None), Demand(1, start + WEEK, D(20), None)]
    order = Movement(1, start + dt.timedelta(days=4), -D(ordered), DocumentRef("crm.orders", 9))
    own = Movement(1, start, -D(500), DocumentRef("production.orders", 3))

    assert [need.quantity for need in consumed(needs, [order, own], periods)] == left


def test_orders_of_a_warehouse_use_up_the_forecast_of_that_warehouse():
    start = dt.date(2026, 3, 2)
    needs = [Demand(1, start, D(40), None, 1), Demand(1, start, D(20), None, 2)]

    def left(*orders):
        flows = [
            Movement(1, start, -D(quantity), DocumentRef("crm.orders", n), warehouse_id=place)
            for n, (quantity, place) in enumerate(orders)
        ]
        found = consumed(needs, flows, Periods(start, 8))
        return [(need.quantity, need.warehouse_id) for need in found]

    assert left((50, 1)) == [(20, 2)]
    assert left((5, 2)) == [(40, 1), (15, 2)]
    # Nobody says where these leave: they use up whichever comes first.
    assert left((45, None)) == [(15, 2)]


def test_nobody_is_asked_to_make_a_fraction_of_a_bicycle(bikes, forecast):
    forecast[0] = replace(forecast[0], quantity=D("12.02"))
    bikes.plan()
    assert bikes.row("bike", "receipts") == {7: 13, 9: 20}
    assert bikes.row("spoke", "gross") == {5: 13 * 60, 7: 20 * 60}


def test_phantoms_alternatives_and_versions_are_planned_as_they_are_made(works):
    works.items("chair", "frame", "rail", "oak", "pine", "glue")
    today = works.run(lambda uow: uow.today)

    def bills(uow):
        ids = works.products

        def line(code, quantity, **more):
            return BomLine(product_id=ids[code], quantity=D(quantity), **more)

        save_boms(
            uow,
            [
                Bom(code="OLD", product_id=ids["chair"], quantity=D(1), lines=[line("glue", 9)],
                    valid_to=today - dt.timedelta(days=1)),
                Bom(code="NEW", product_id=ids["chair"], quantity=D(2), valid_from=today,
                    lines=[line("frame", 2, phantom=True), line("glue", 1, scrap=D(10))]),
                Bom(code="FRAME", product_id=ids["frame"], quantity=D(1),
                    lines=[line("rail", 4), line("oak", 2, group="wood", priority=2),
                           line("pine", 3, group="wood", priority=1)]),
            ],
        )  # fmt: skip

    works.run(bills)
    works.want("Chairs", chair=[(3, 20)])
    works.plan()

    found = {code: [p.quantity for p in works.proposals(code)] for code in works.products}
    assert found == {
        "chair": [20], "frame": [], "rail": [80], "oak": [], "pine": [60], "glue": [11],
    }  # fmt: skip


def test_cancelling_the_job_of_a_run_leaves_the_last_plan_and_makes_room_for_another(
    bikes, runtime, monkeypatch
):
    bikes.want("Spring", bike=[(8, 10)])
    bikes.plan()
    kept = [p.id for p in bikes.proposals()]
    bikes.want("Summer", bike=[(9, 5)])
    key = bikes.open()
    bikes.run(lambda uow: start_plan_runs(uow, [key]))

    assert len(set(cancelled_at(runtime, monkeypatch, 30))) > 2

    (run,) = [run for run in bikes.all(PlanRun) if run.id == key]
    assert (run.state, run.busy) == ("cancelled", None)
    assert [p.id for p in bikes.proposals()] == kept
    other = bikes.open()
    bikes.run(lambda uow: start_plan_runs(uow, [other]))
