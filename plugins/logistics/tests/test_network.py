"""Which sites serve which regions at the least cost."""

import itertools
import random
from decimal import Decimal

import pytest

from dougong import Refused
from dougong_logistics.network import service
from dougong_logistics.network.locating import Network, dropping, exact
from dougong_logistics.network.models import Scenario

D = Decimal


def scenario(office, enter, name="Europe", capacity=(None, None, None), demand=(10, 10, 10, 10)):
    cost = {"A": (1, 2, 9, 9), "B": (9, 9, 2, 1), "C": (4, 4, 4, 4)}
    sites = [
        {"name": s, "fixed": f, **({"capacity": str(c)} if c else {})}
        for (s, f), c in zip((("A", "10"), ("B", "10"), ("C", "9")), capacity, strict=True)
    ]
    return enter(
        "logistics.scenarios", name=name, sites=sites,
        regions=[{"name": f"R{n}", "demand": str(d)} for n, d in enumerate(demand)],
        lanes=[
            {"site": s, "region": f"R{n}", "cost": str(c)}
            for s, row in cost.items() for n, c in enumerate(row)
        ],
    )  # fmt: skip


def solved(office, id):
    office.run(lambda uow: service.solve(uow, [id]))
    return office.run(lambda uow: uow.get(Scenario, id, Scenario.sites, Scenario.lanes))


def test_the_cheapest_sites_are_opened_and_serve_their_regions(office, enter):
    found = solved(office, scenario(office, enter))
    # C alone: 9 + 16 = 25; A and B: 20 + 6 = 26.
    assert (found.total, found.method) == (25, "highs")
    assert [site.opened for site in found.sites] == [False, False, True]
    assert {(x.site, x.share) for x in found.lanes if x.share} == {("C", D(100))}


def test_a_site_serves_no_more_than_it_holds(office, enter):
    found = solved(office, scenario(office, enter, capacity=(20, 20, 30)))
    assert (found.total, [s.opened for s in found.sites]) == (26, [True, True, False])


def test_where_nobody_can_serve_a_region_it_is_refused(office, enter):
    id = scenario(office, enter, capacity=(1, 1, 1))
    with pytest.raises(Refused, match="No choice of sites serves every region of Europe"):
        office.run(lambda uow: service.solve(uow, [id]))
    assert office.run(lambda uow: uow.get(Scenario, id)).state == "draft"


def test_without_the_library_the_simple_method_answers_and_says_what_to_install(
    office, enter, monkeypatch
):
    monkeypatch.setattr(service, "available", lambda: False)
    found = solved(office, scenario(office, enter))
    assert (found.method, found.total) == ("dropping", 26)
    assert "dougong-logistics[network]" in found.note


@pytest.mark.parametrize("seed", range(5))
def test_the_answer_is_the_best_of_all_choices(seed):
    rng = random.Random(seed)
    sites, regions = 6, 9
    network = Network(
        [rng.randrange(20, 60) for _ in range(sites)],
        [None] * sites,
        [1.0] * regions,
        [[rng.randrange(1, 40) for _ in range(regions)] for _ in range(sites)],
    )
    best = min(
        sum(network.fixed[i] for i in chosen)
        + sum(min(network.cost[i][j] for i in chosen) for j in range(regions))
        for k in range(1, sites + 1)
        for chosen in itertools.combinations(range(sites), k)
    )
    assert exact(network).total == pytest.approx(best)
    assert best - 1e-6 <= dropping(network).total <= best * 1.2
