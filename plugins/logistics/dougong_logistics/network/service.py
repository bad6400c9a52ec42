"""Answering which sites serve which regions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dougong import Refused, UnitOfWork, _, rounded_to
from dougong_logistics.network.asking import network_of
from dougong_logistics.network.locating import Answer, available, dropping, exact
from dougong_logistics.network.models import SCENARIO_STEPS, Scenario

SIMPLE = _("Found by the simple method. For a proof install the extra: dougong-logistics[network]")


def solve(uow: UnitOfWork, ids: Sequence[int]) -> list[Scenario]:
    """Choose the sites and who serves whom at the least cost; the answer stays in the scenario."""
    uow.require("logistics.scenario.write")
    scenarios = uow.load(Scenario, ids, Scenario.sites, Scenario.regions, Scenario.lanes)
    for scenario in scenarios:
        network = network_of(scenario)
        proven = available()
        answer = exact(network) if proven else dropping(network)
        if answer is None:
            raise Refused(
                _(
                    "No choice of sites serves every region of %(scenario)s: add capacity or lanes.",
                    scenario=scenario,
                )
            )
        SCENARIO_STEPS.move(scenario, "solve")
        _write_down(scenario, answer)
        scenario.note = None if proven else str(SIMPLE)
    return scenarios


def _write_down(scenario: Scenario, answer: Answer) -> None:
    for site, opened in zip(scenario.sites, answer.open, strict=True):
        site.opened = opened
    row = {site.name: n for n, site in enumerate(scenario.sites)}
    column = {region.name: n for n, region in enumerate(scenario.regions)}
    for lane in scenario.lanes:
        share = answer.shares[row[lane.site]][column[lane.region]]
        lane.share = rounded_to(Decimal(repr(share)) * 100, 4)
    scenario.method = answer.method
    scenario.total = rounded_to(Decimal(repr(answer.total)), 2)
