"""The day's shipments find vehicles, an order and times."""

import datetime as dt
import random
from decimal import Decimal

import pytest
from long_work import cancelled_at
from sqlalchemy import select

from dougong import Actor, Invalid, Refused
from dougong.jobs.models import QueuedJob
from dougong.jobs.worker import Worker
from dougong_logistics.fleet.costs import FLEET_COSTS, services_due
from dougong_logistics.fleet.models import FleetEntry, Vehicle
from dougong_logistics.places.models import Place
from dougong_logistics.routes.problem import Problem, Stop, Van, cost, fits, haversine, length
from dougong_logistics.routes.savings import savings
from dougong_logistics.routes.solver import improving
from dougong_logistics.tours import service
from dougong_logistics.tours.models import Tour

DAY = dt.date(2026, 3, 2)
D = Decimal


def planted(clusters=8, each=5, load=100, far=10_000, seed=4):
    """Stops around the depot whose best length is known.

    Each cluster holds stops at one point, as far from the depot as the others, whose loads add up
    to one vehicle. No plan is shorter than twice the loads times their distances over the
    capacity (M. Haimovich and A. Rinnooy Kan 1985), which is one trip to each cluster.
    """
    rng, stops = random.Random(seed), []
    for c in range(clusters):
        cuts = sorted(rng.sample(range(5, load - 5), each - 1))
        loads = [b - a for a, b in zip([0, *cuts], [*cuts, load], strict=True)]
        stops += [Stop(f"{c}.{n}", c + 1, q) for n, q in enumerate(loads)]
    rng.shuffle(stops)
    metres = [[0] + [far] * clusters]
    for a in range(clusters):
        ring = [min(abs(a - b), clusters - abs(a - b)) * 2000 for b in range(clusters)]
        metres.append([far, *ring])
    vans = [Van(str(n), 0, load) for n in range(clusters + 1)]
    return Problem(stops, vans, metres, metres), 2 * far * clusters


def test_the_search_finds_the_best_length_of_a_planted_plan():
    problem, best = planted()
    found = list(improving(problem, rounds=4, iterations=500))
    assert cost(problem, found[-1]) == best
    served = sorted(s for stops in found[-1].by_van for s in stops)
    assert served == list(range(len(problem.stops)))
    for van, stops in zip(problem.vans, found[-1].by_van, strict=True):
        assert fits(problem, van, stops)


def test_savings_serve_everybody_within_capacity_and_hours():
    rng = random.Random(1)
    points = [(rng.randrange(1000), rng.randrange(1000)) for _ in range(31)]
    metres = [[abs(a - c) + abs(b - d) for c, d in points] for a, b in points]
    stops = [Stop(str(n), n, rng.randrange(1, 20), 0, 0, 6000, 10) for n in range(1, 31)]
    problem = Problem(stops, [Van(str(n), 0, 60, ends=9000) for n in range(9)], metres, metres)
    routes = savings(problem)
    assert not routes.left
    assert sorted(s for r in routes.by_van for s in r) == list(range(30))
    for van, route in zip(problem.vans, routes.by_van, strict=True):
        assert fits(problem, van, route)
    alone = sum(length(problem, problem.vans[0], [n]) for n in range(30))
    better = list(improving(problem, rounds=1, iterations=300))[-1]
    assert cost(problem, better) <= cost(problem, routes) < alone / 2


def test_a_quarter_of_the_equator_is_ten_thousand_kilometres_long():
    assert haversine((0, 0), (0, 90)) == pytest.approx(10_007_557, abs=1)


def test_a_day_is_planned_released_and_driven(office, yard):
    far, near = yard.customer("Far", 20), yard.customer("Near", 10)
    van = yard.vehicle("B-1", cost_a_km=D("0.50"), cost_a_day=D(40))
    plan = yard.plan([van], [far, near])
    office.run(lambda uow: service.plan_simply(uow, [plan]))
    found = yard.see(plan)
    # 0.2 degrees of the equator out and back: 44.479 km, in whole metres.
    assert (found.distance, found.cost) == (D("44.479"), D("62.24"))
    # Out to the nearer first or last: both are as short.
    assert sorted(s.turn for s in found.stops) == [1, 2]
    assert {s.vehicle_id for s in found.stops} == {van}

    office.run(lambda uow: service.release(uow, [plan]))
    (tour,) = office.all(Tour)
    assert tour.number == "TO-2026-00001"
    with pytest.raises(Refused, match="has not been handed over"):
        office.run(lambda uow: service.start_tours(uow, [tour.id]))


def test_capacity_sends_two_vehicles(office, yard):
    ids = [yard.customer(name, 10 + n, weight="60") for n, name in enumerate("AB")]
    plan = yard.plan([yard.vehicle("B-1"), yard.vehicle("B-2")], ids)
    office.run(lambda uow: service.plan_simply(uow, [plan]))
    assert len({s.vehicle_id for s in yard.see(plan).stops}) == 2
    lonely = yard.plan([yard.vehicle("B-3")], ids)
    with pytest.raises(Refused, match="vehicles are too few"):
        office.run(lambda uow: service.plan_simply(uow, [lonely]))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"weight": "101"}, "heavier than any vehicle"),
        ({"east": 1000}, "within its shift"),
        ({"opens": "05:00", "closes": "06:00"}, "within its shift"),
    ],
)
def test_a_stop_that_nobody_can_reach_is_named(office, yard, more, why):
    facts = {"east": 10} | more
    id = yard.customer("Hermit", facts.pop("east"), **facts)
    plan = yard.plan([yard.vehicle("B-1")], [id])
    with pytest.raises(Refused, match=rf"Shipment SH-2026-00001 cannot be reached: .*{why}"):
        office.run(lambda uow: service.plan_simply(uow, [plan]))
    assert yard.see(plan).state == "draft"


def test_an_address_without_a_place_is_named(office, yard):
    id = yard.customer("Lost", 5)
    office.run(
        lambda uow: uow.remove(uow.session.scalar(select(Place).where(Place.name == "Lost")))
    )
    plan = yard.plan([yard.vehicle("B-1")], [id])
    with pytest.raises(Refused, match="Nobody knows where Lost"):
        office.run(lambda uow: service.plan_simply(uow, [plan]))


def test_who_lives_nowhere_stays_here_where_the_plan_may_leave_out(office, enter, yard):
    ids = [yard.customer("Near", 5), yard.customer("Lost", 5)]
    office.run(
        lambda uow: uow.remove(uow.session.scalar(select(Place).where(Place.name == "Lost")))
    )
    plan = yard.plan([yard.vehicle("B-1")], ids)
    enter("logistics.plans", key=plan, leave_out=True)
    office.run(lambda uow: service.plan_simply(uow, [plan]))
    seen = yard.see(plan)
    assert [stop.vehicle_id is not None for stop in seen.stops] == [True, False]
    assert seen.note == (
        "Shipment SH-2026-00002 stays here: nobody has entered where its address lies."
    )


def test_the_job_keeps_the_best_it_has_found(office, yard, runtime, monkeypatch):
    ids = [yard.customer(f"C{n}", 3 + n * 7 % 20, weight="30") for n in range(8)]
    vans = [yard.vehicle(f"B-{n}") for n in range(4)]
    plan = yard.plan(vans, ids)
    office.run(lambda uow: service.plan_simply(uow, [plan]))
    simple = yard.see(plan).cost
    office.run(
        lambda uow: uow.enqueue("logistics.plan_routes", plan=plan, rounds=2, iterations=100)
    )
    Worker(runtime.house, runtime.wiring).step()
    (job,) = [j for j in office.all(QueuedJob) if j.name == "logistics.plan_routes"]
    assert (job.state, job.progress) == ("done", 100), job.error
    found = yard.see(plan)
    assert found.state == "planned"
    assert found.cost <= simple
    assert all(stop.vehicle_id for stop in found.stops)


def test_without_the_library_the_simple_method_plans_and_says_what_to_install(
    office, yard, runtime, monkeypatch
):
    monkeypatch.setattr(service, "available", lambda: False)
    plan = yard.plan([yard.vehicle("B-1")], [yard.customer("A", 5)])
    office.run(lambda uow: service.optimise(uow, [plan]))
    Worker(runtime.house, runtime.wiring).step()
    (job,) = [j for j in office.all(QueuedJob) if j.name == "logistics.plan_routes"]
    assert "dougong-logistics[routes]" in (job.note or ""), job.error
    assert yard.see(plan).method == "savings"


def test_a_vehicle_that_carries_nothing_is_refused(enter):
    with pytest.raises(Invalid, match="carries more than nothing"):
        enter("logistics.vehicles", plate="B-0", capacity="0")


def test_a_kilometre_costs_what_the_log_says_and_services_fall_due(office, enter, yard):
    id = yard.vehicle("B-1", next_service_km=10_300)
    for on, odometer, amount in (("2026-02-01", 10000, "60"), ("2026-02-20", 10400, "80")):
        enter("logistics.fleetlog", vehicle="B-1", on=on, kind="fuel", odometer=odometer,
              litres="40", amount=amount)  # fmt: skip
    span = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
    actor = Actor.system()
    (line,) = office.read(lambda s: list(FLEET_COSTS.ask(s, actor, **span)))
    assert (line.values["km"], line.values["amount"], line.values["a_km"]) == (
        400, 140, D("0.350"),
    )  # fmt: skip
    assert office.read(lambda s: s.get(Vehicle, id).odometer) == 10_400
    assert [row[0] for row in office.read(lambda s: services_due(s, actor))] == ["B-1"]
    assert len(office.all(FleetEntry)) == 2


def test_fuel_is_counted_after_the_first_reading_and_a_service_says_when_the_next_is_due(
    office, enter, yard
):
    id = yard.vehicle("B-1", service_every_km=15_000, service_every_months=12)
    for on, odometer, litres in (("2026-02-01", 10000, "70"), ("2026-02-20", 10500, "40")):
        enter("logistics.fleetlog", vehicle="B-1", on=on, kind="fuel", odometer=odometer,
              litres=litres, amount="1")  # fmt: skip
    span = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
    (line,) = office.read(lambda s: list(FLEET_COSTS.ask(s, Actor.system(), **span)))
    assert (line.values["km"], line.values["a_hundred"]) == (500, 8)
    enter("logistics.fleetlog", vehicle="B-1", on="2026-02-28", kind="service", odometer=10_600)
    van = office.read(lambda s: s.get(Vehicle, id))
    assert (van.next_service_km, van.next_service_on) == (25_600, dt.date(2027, 2, 28))


def test_cancelling_the_search_ends_it_soon_and_keeps_the_best_routes(
    office, yard, runtime, monkeypatch
):
    ids = [yard.customer(f"C{n}", 3 + n * 7 % 20, weight="30") for n in range(8)]
    plan = yard.plan([yard.vehicle(f"B-{n}") for n in range(4)], ids)
    office.run(
        lambda uow: uow.enqueue("logistics.plan_routes", plan=plan, rounds=50, iterations=20)
    )
    told = cancelled_at(runtime, monkeypatch, 10)
    assert told[0] == 5
    assert max(told) < 100
    found = yard.see(plan)
    assert found.state == "planned"
    assert all(stop.vehicle_id for stop in found.stops)
