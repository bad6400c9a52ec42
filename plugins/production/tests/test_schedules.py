"""The finite schedule through the service: published job shops, calendars, set-ups, why late."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from long_work import cancelled_at
from sqlalchemy import delete, select

from dougong import Actor, Refused
from dougong.jobs.models import QueuedJob
from dougong.jobs.worker import Worker
from dougong_base import Calendar, Product, Unit
from dougong_production.maintenance.models import Equipment, MaintenanceOrder
from dougong_production.orders.models import Order
from dougong_production.schedules import service, solving
from dougong_production.schedules.dispatching import dispatch
from dougong_production.schedules.models import Schedule, ScheduledWork
from dougong_production.schedules.problem import Machine, Problem, Task, Work, why_late
from dougong_production.schedules.service import (
    AlreadyScheduling,
    adopt_schedules,
    cancel_schedules,
    copy_schedules,
    start_schedules,
)
from dougong_production.schedules.solving import Limits, solve
from dougong_production.work_centres.models import Alternative, WorkCentre
from dougong_production.work_orders.models import WorkOrder

CASES = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "cases"
D = Decimal
QUIET = Limits(deterministic=20.0)
SHOP = {key: Machine(key) for key in (1, 2)}


def shops():
    path = CASES / "jobshop.json"
    if not path.exists():
        pytest.skip("jobshop.json is not there")
    return json.loads(path.read_text("utf-8"))


class Shop:
    """A workshop that never sleeps."""

    def __init__(self, runtime):
        self.runtime, self.house, self.centres = runtime, runtime.house, []

    def run(self, act):
        return self.house.run(Actor.system(), act)

    def all(self, model):
        with self.house.read(Actor.system()) as session:
            return session.scalars(select(model).order_by(model.id)).all()

    def open(self, centres, **facts):
        def act(uow):
            always = Calendar(code="ALL", name="Always", saturday=True, sunday=True)
            unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
            product = Product(code="P", name="Part", unit_id=unit)
            uow.add(always, product)
            made = [
                WorkCentre(
                    code=f"M{n}", name=f"Machine {n}", calendar_id=always.id,
                    **{"hours_a_day": D(24), **facts},
                )
                for n in range(centres)
            ]  # fmt: skip
            uow.add(*made)
            return product.id, [one.id for one in made]

        self.product, self.centres = self.run(act)
        return self

    def order(self, *work, **facts):
        """An order whose operations are (centre, minutes) one after another."""

        def act(uow):
            steps = [
                WorkOrder(
                    sequence=10 * n, name=f"Step {n}", work_centre_id=self.centres[centre],
                    quantity=D(1), run_minutes=D(minutes), planned_minutes=D(minutes),
                )
                for n, (centre, minutes) in enumerate(work, 1)
            ]  # fmt: skip
            order = Order(product_id=self.product, quantity=D(1), work=steps, **facts)
            uow.add(order)
            return order.id

        return self.run(act)

    def breaks(self, centre, minutes=None, code="X"):
        """A machine at the centre has broken and runs again after so many minutes, if one knows."""

        def act(uow):
            machine = Equipment(code=code, name=code, work_centre_id=self.centres[centre])
            uow.add(machine)
            now = uow.now.replace(second=0, microsecond=0)
            back = None if minutes is None else now + dt.timedelta(minutes=minutes)
            order = MaintenanceOrder(
                kind="breakdown", state="requested", equipment_id=machine.id, title="Smoke",
                reported_on=uow.today, stopped_at=now, back_at=back,
            )  # fmt: skip
            uow.add(order)
            return order.id

        return self.run(act)

    def placed(self, schedule):
        """Centre, first and last minute of everything that is placed."""
        return [
            (
                self.centres.index(one.work_centre_id),
                int((one.start_at - schedule.start_at).total_seconds() // 60),
                int((one.end_at - schedule.start_at).total_seconds() // 60),
            )
            for one in self.all(ScheduledWork)
        ]

    def schedule(self, **facts):
        def act(uow):
            found = Schedule(
                name="Plan", **{"seconds": 20, "repeatable": True, "days": 30, **facts}
            )
            uow.add(found)
            return found.id

        return self.run(act)

    def solve(self, **facts):
        key = self.schedule(**facts)
        self.run(lambda uow: start_schedules(uow, [key]))
        Worker(self.house, self.runtime.wiring).work()
        return next(one for one in self.all(Schedule) if one.id == key)


@pytest.fixture
def shop(make_runtime):
    return Shop(make_runtime("base", "production"))


@pytest.mark.parametrize(("name", "optimum"), [("ft06", 55), ("la01", 666)])
def test_a_published_job_shop_reaches_its_optimum_through_the_service(shop, name, optimum):
    told = shops()[name]
    shop.open(len(told["machines_matrix"][0]))
    for machines, minutes in zip(told["machines_matrix"], told["duration_matrix"], strict=True):
        shop.order(*zip(machines, minutes, strict=True))

    found = shop.solve(seconds=60)

    assert (found.state, found.result, found.makespan) == ("done", "optimal", optimum)
    assert len(shop.all(ScheduledWork)) == sum(len(row) for row in told["machines_matrix"])


def test_nothing_overlaps_on_a_machine_and_steps_follow_one_another(shop):
    shop.open(2)
    for _n in range(4):
        shop.order((0, 30), (1, 20))

    shop.solve()

    rows = shop.all(ScheduledWork)
    for group in ("work_centre_id", "order_id"):
        for value in {getattr(row, group) for row in rows}:
            mine = sorted((r.start_at, r.end_at) for r in rows if getattr(r, group) == value)
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(mine)), group


def test_adopting_gives_the_work_orders_their_times_and_a_copy_can_be_compared(shop):
    shop.open(1)
    shop.order((0, 30))
    first = shop.solve()
    (copy,) = shop.run(lambda uow: copy_schedules(uow, [first.id]))

    shop.run(lambda uow: adopt_schedules(uow, [first.id]))

    (work,) = shop.all(WorkOrder)
    assert work.planned_end - work.planned_start == dt.timedelta(minutes=30)
    assert (copy.base_id, copy.state) == (first.id, "draft")


def test_an_order_that_comes_too_late_says_why(shop):
    shop.open(1)
    today = shop.run(lambda uow: uow.today)
    shop.order((0, 3 * 24 * 60), due_on=today)

    found = shop.solve()

    assert found.late == 1
    assert {row.reason for row in shop.all(ScheduledWork)} == {"lead_time"}


def test_a_second_schedule_at_once_is_refused_until_the_first_is_stopped(shop):
    shop.open(1)
    shop.order((0, 30))
    first, second = shop.schedule(), shop.schedule()
    shop.run(lambda uow: start_schedules(uow, [first]))

    with pytest.raises(AlreadyScheduling):
        shop.run(lambda uow: start_schedules(uow, [second]))
    shop.run(lambda uow: cancel_schedules(uow, [first]))

    shop.run(lambda uow: start_schedules(uow, [second]))
    assert {job.state for job in shop.all(QueuedJob)} == {"cancelled", "waiting"}


def found_so_far(shop, key):
    (one,) = [one for one in shop.all(Schedule) if one.id == key]
    ends = [row.end_at for row in shop.all(ScheduledWork) if row.schedule_id == key]
    return one.state, one.makespan, max(ends) - one.start_at


def stopping(shop, key, after):
    """A search that finds two solutions and then nothing more until it is stopped."""

    def solve(problem, limits, better, wanted):
        first = dispatch(problem)
        assert better(first)
        second = solving.solve(problem, QUIET)
        assert second.makespan < first.makespan
        after()
        assert not wanted()
        return second

    return solve


def test_who_stops_a_search_keeps_the_best_that_was_found(shop, monkeypatch):
    told = shops()["ft06"]
    shop.open(6)
    for minutes, machines in zip(told["duration_matrix"], told["machines_matrix"], strict=True):
        shop.order(*zip(machines, minutes, strict=True))
    key = shop.schedule()
    shop.run(lambda uow: start_schedules(uow, [key]))

    def stop():
        state, makespan, span = found_so_far(shop, key)
        # What the priority rule found was saved at once.
        assert (state, span) == ("running", dt.timedelta(minutes=makespan))
        assert makespan > 55
        shop.run(lambda uow: cancel_schedules(uow, [key]))

    monkeypatch.setattr(service, "solve", stopping(shop, key, stop))
    Worker(shop.house, shop.runtime.wiring).work()

    assert found_so_far(shop, key) == ("cancelled", 55, dt.timedelta(minutes=55))
    jobs = [job.state for job in shop.all(QueuedJob) if job.name == "production.schedule"]
    assert jobs == ["cancelled"]
    shop.run(lambda uow: adopt_schedules(uow, [key]))
    assert all(work.planned_start for work in shop.all(WorkOrder))


def test_a_search_that_is_no_longer_wanted_ends_though_it_finds_nothing_better(monkeypatch):
    monkeypatch.setattr(solving, "LOOK", 0.05)
    asked = []

    def wanted():
        asked.append(1)
        return False

    hard = [[(m, 20 + (7 * j + 13 * m) % 71) for m in range(12)] for j in range(12)]
    for j, row in enumerate(hard):
        row.sort(key=lambda step: (step[0] * (j + 3) * 5) % 13)
    works = [
        Work(j, tuple(Task(100 * j + n, ((m, t),)) for n, (m, t) in enumerate(row)), due=1)
        for j, row in enumerate(hard)
    ]
    problem = Problem({m: Machine(m) for m in range(12)}, works)

    found = solve(problem, Limits(600), wanted=wanted)

    assert asked
    assert len(found.placed) == 144


def test_a_horizon_that_is_too_long_is_refused(shop):
    with pytest.raises(Refused):
        shop.schedule(days=121)


def test_without_the_solver_a_priority_rule_places_everything_and_says_what_to_install(
    shop, monkeypatch
):
    shop.open(1)
    shop.order((0, 30))
    shop.order((0, 10))
    monkeypatch.setattr(solving, "have_solver", lambda: False)
    monkeypatch.setattr("dougong_production.schedules.service.have_solver", lambda: False)

    found = shop.solve()

    assert (found.result, found.makespan) == ("dispatched", 40)
    assert "dougong-production[schedule]" in found.message


def test_the_more_urgent_order_goes_first():
    works = [Work(1, (Task(1, ((1, 60),)),), due=120), Work(2, (Task(2, ((1, 60),)),), due=60)]

    found = solve(Problem(SHOP, works), QUIET)

    assert (found.tardiness, found.makespan) == (0, 120)


def test_a_break_interrupts_work_and_nothing_begins_in_it():
    machine = Machine(1, 1, ((60, 30),))
    works = [Work(n, (Task(n, ((1, 40),)),)) for n in (1, 2)]

    found = solve(Problem({1: machine}, works), QUIET)

    assert sorted((p.start, p.end) for p in found.placed) == [(0, 40), (40, 110)]


def test_what_is_of_one_family_is_set_up_once():
    works = [
        Work(n, (Task(n, ((1, 10),), setup=20, family=family),))
        for n, family in enumerate((7, 8, 7, 8))
    ]

    found = solve(Problem(SHOP, works), QUIET)

    assert (found.status, found.makespan) == ("optimal", 80)


def test_an_alternative_machine_takes_over():
    works = [Work(n, (Task(n, ((1, 30), (2, 40))),)) for n in (1, 2)]

    found = solve(Problem(SHOP, works), QUIET)

    assert found.makespan == 40
    assert {p.machine for p in found.placed} == {1, 2}


def test_two_places_work_at_once():
    works = [Work(n, (Task(n, ((1, 30),)),)) for n in range(4)]

    found = solve(Problem({1: Machine(1, 2)}, works), QUIET)

    assert found.makespan == 60


def test_what_is_frozen_stays_where_it_is():
    works = [
        Work(1, (Task(1, ((1, 30),), fixed=(1, 20)),)),
        Work(2, (Task(2, ((1, 30),)),), due=30),
    ]

    found = solve(Problem(SHOP, works), QUIET)

    assert [(p.start, p.end) for p in found.placed if p.work == 1] == [(20, 50)]


def test_late_for_want_of_material_or_of_room():
    alone = Work(1, (Task(1, ((1, 30),)),), release=50, due=60)
    crowded = Work(2, (Task(2, ((1, 30),)),), due=60)
    problem = Problem(SHOP, [alone, crowded])

    assert why_late(problem, alone, 80) == "material"
    assert why_late(problem, crowded, 90) == "capacity"
    assert why_late(problem, crowded, 60) == ""


def test_the_rule_alone_keeps_every_machine_busy():
    works = [Work(n, (Task(10 * n, ((1, 10),)), Task(10 * n + 1, ((2, 10),)))) for n in (1, 2)]

    assert dispatch(Problem(SHOP, works)).makespan == 30


def test_a_broken_machine_takes_its_work_centre_out_until_it_runs_again(shop):
    shop.open(1)
    shop.order((0, 60))
    shop.breaks(0, 120)
    schedule = shop.solve()
    ((_centre, start, end),) = shop.placed(schedule)
    # The clock may have gone on by a minute between the report and the schedule.
    assert 118 <= start <= 120
    assert (end - start, schedule.makespan) == (60, end)


def test_one_broken_machine_of_two_leaves_room_for_one_piece_of_work_at_a_time(shop):
    shop.open(1, capacity=2)
    for _n in range(2):
        shop.order((0, 60))
    shop.breaks(0, 600)
    assert sorted(line[1:] for line in shop.placed(shop.solve())) == [(0, 60), (60, 120)]


def test_work_goes_to_another_centre_while_the_machine_stands(shop):
    shop.open(2)
    shop.order((0, 60))
    first, second = shop.centres
    shop.run(lambda uow: uow.add(Alternative(centre_id=first, alternative_id=second)))
    shop.breaks(0, 600)
    assert shop.placed(shop.solve()) == [(1, 0, 60)]


def test_a_machine_that_nobody_knows_about_stands_until_the_end_of_the_day(shop):
    shop.open(1)
    shop.order((0, 60))
    order = shop.breaks(0)
    schedule = shop.solve()
    ((_centre, start, _end),) = shop.placed(schedule)
    began = schedule.start_at
    tomorrow = began.replace(hour=0, minute=0) + dt.timedelta(days=1)
    assert start == (tomorrow - began).total_seconds() // 60

    shop.run(lambda uow: setattr(uow.get(MaintenanceOrder, order), "state", "done"))
    shop.run(lambda uow: uow.session.connection().execute(delete(ScheduledWork)))
    assert [line[1] for line in shop.placed(shop.solve())] == [0]


def test_cancelling_the_job_ends_the_search_soon_and_keeps_the_best(shop, monkeypatch):
    chance = random.Random(15)
    shop.open(15)
    for _order in range(15):
        machines = chance.sample(range(15), 15)
        shop.order(*((machine, chance.randint(1, 99)) for machine in machines))
    key = shop.schedule(seconds=60, repeatable=False)
    monkeypatch.setattr(solving, "LOOK", 0.2)
    shop.run(lambda uow: start_schedules(uow, [key]))
    # Five in the hundred are told with the first solution, more as time passes.
    told = cancelled_at(shop.runtime, monkeypatch, 7)
    assert (told[0], max(told) < 50) == (5, True)
    state, makespan, span = found_so_far(shop, key)
    assert (state, span) == ("cancelled", dt.timedelta(minutes=makespan))
    other = shop.schedule()
    shop.run(lambda uow: start_schedules(uow, [other]))
