"""Own distances, stops that stay here, and a search that is cancelled on the way."""

from decimal import Decimal

import pytest

from dougong import Invalid, Refused
from dougong.jobs.models import QueuedJob
from dougong.jobs.service import cancel_jobs
from dougong.jobs.worker import Worker
from dougong_logistics.routes.matrix import between, read_roads
from dougong_logistics.routes.problem import Routes, cost
from dougong_logistics.tours import service
from dougong_logistics.tours.models import RoutePlan, Tour

D = Decimal
LISTED = "from;to;km;minutes\nDepot;A;10;20\nDepot;B;12,5\nA;B;3;6\nB;A;4;8\n"
SQUARE = ",Depot,A,B\nDepot,0,10,12.5\nA,10,0,3\nB,12.5,4,0\n"


def test_a_list_of_roads_counts_for_both_directions_unless_both_are_given():
    metres, seconds = between(read_roads(LISTED, 50), ["Depot", "A", "B"])
    assert metres == [[0, 10_000, 12_500], [10_000, 0, 3000], [12_500, 4000, 0]]
    # What has no minutes takes 12.5 km at 50 km/h.
    assert seconds == [[0, 1200, 900], [1200, 0, 360], [900, 480, 0]]


def test_a_square_of_kilometres_says_the_same():
    listed = between(read_roads(LISTED, 50), ["Depot", "A", "B"])[0]
    assert between(read_roads(SQUARE, 50), ["Depot", "A", "B"])[0] == listed
    minutes = SQUARE + "\n,Depot,A,B\nDepot,0,20,15\nA,20,0,6\nB,15,8,0\n"
    assert between(read_roads(minutes, 50), ["Depot", "A", "B"])[1][1] == [1200, 0, 360]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Depot;A;far", "Line 1"), ("Depot;A;1\nA;B", "Line 2"), ("Depot;A;-3", "not a distance"),
        ("Depot;A;1e9", "no road is that long"),
    ],
)  # fmt: skip
def test_distances_that_are_none_are_named_with_their_line(text, sentence):
    with pytest.raises(Refused, match=sentence):
        between(read_roads(text, 50), ["Depot", "A"])


def test_a_plan_drives_by_its_own_distances(office, yard, enter):
    ids = [yard.customer("A", 10), yard.customer("B", 20)]
    plan = yard.plan([yard.vehicle("B-1", cost_a_km=D(1))], ids)
    enter("logistics.plans", key=plan, matrix="Depot;A;10;20\nDepot;B;12;20\nA;B;3;6")
    office.run(lambda uow: service.plan_simply(uow, [plan]))
    assert (yard.see(plan).distance, yard.see(plan).cost) == (25, 25)
    enter("logistics.plans", key=plan, matrix="Depot;A;10;20\nDepot;B;12;20")
    with pytest.raises(Refused, match=r"do not say how far it is from A to B"):
        office.run(lambda uow: service.plan_simply(uow, [plan]))
    with pytest.raises(Invalid, match="not a distance"):
        enter("logistics.plans", key=plan, matrix="Depot;A;far")


def test_who_cannot_be_reached_stays_here_by_name_where_the_plan_says_so(office, yard, enter):
    near, heavy, gone = (
        yard.customer("Near", 5), yard.customer("Heavy", 5, weight="101"), yard.customer("Far", 900),
    )  # fmt: skip
    plan = yard.plan([yard.vehicle("B-1")], [heavy, near, gone])
    enter("logistics.plans", key=plan, leave_out=True)
    office.run(lambda uow: service.plan_simply(uow, [plan]))
    found = yard.see(plan)
    assert [s.shipment_id for s in found.stops if s.vehicle_id] == [near]
    assert "SH-2026-00002 stays here: it is heavier" in found.note
    assert "SH-2026-00003 stays here: no vehicle comes there" in found.note
    office.run(lambda uow: service.release(uow, [plan]))
    (tour,) = office.all(Tour)
    assert tour.distance == found.distance > 0
    # What stayed here may go another day.
    later = yard.plan([], [])
    office.run(lambda uow: service.collect(uow, [later]))
    assert sorted(s.shipment_id for s in yard.see(later).stops) == [heavy, gone]


def test_a_search_that_is_cancelled_leaves_the_best_it_had_found(
    office, yard, runtime, monkeypatch
):
    """The search yields three plans, each better; it is cancelled after the second."""
    ids = [yard.customer(f"C{n}", 3 * (n + 1), weight="40") for n in range(4)]
    plan = yard.plan([yard.vehicle("B-1"), yard.vehicle("B-2")], ids)
    costs = []

    def steps(problem, **_limits):
        assert not problem.stops[0].name.startswith("?")
        for number, by_van in enumerate(([[2, 0], [3, 1]], [[0, 1], [2, 3]], [[1, 0], [3, 2]]), 1):
            routes = Routes(by_van, (), f"step{number}")
            costs.append(cost(problem, routes))
            if number == 3:
                office.run(lambda uow: cancel_jobs(uow, [job()]))
            yield routes

    def job():
        (row,) = [j for j in office.all(QueuedJob) if j.name == "logistics.plan_routes"]
        return row.id

    monkeypatch.setattr(service, "improving", steps)
    # The simple method is worse than all of them here.
    monkeypatch.setattr(service, "savings", lambda p: Routes([[3, 0], [1, 2]], (), "savings"))
    office.run(lambda uow: uow.enqueue("logistics.plan_routes", plan=plan, rounds=3))
    Worker(runtime.house, runtime.wiring).step()
    (row,) = [j for j in office.all(QueuedJob) if j.name == "logistics.plan_routes"]
    assert row.state == "cancelled"
    found = yard.see(plan)
    assert (found.state, found.method) == ("planned", "step2"), costs
    assert all(stop.vehicle_id for stop in found.stops)
    assert isinstance(found, RoutePlan)
