"""Stock policies as in the published examples, to four decimals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dougong_inventory.replenishment import policies
from dougong_inventory.replenishment.policies import NotPositive

pytestmark = pytest.mark.once

CASES = Path(__file__).parents[3] / ".." / "shared" / "data" / "cases" / "inventory_policy.json"


def answer(kind, p):
    """What our own arithmetic says, in the words of the cases."""
    if kind == "eoq":
        found = policies.economic_quantity(p["fixed_cost"], p["holding_cost"], p["demand_rate"])
        return {"Q": found.quantity, "cost": found.cost}
    if kind == "eoq_backorders":
        found = policies.economic_quantity_with_waiting(
            p["fixed_cost"], p["holding_cost"], p["stockout_cost"], p["demand_rate"]
        )
        return {"Q": found.quantity, "stockout_fraction": found.waiting, "cost": found.cost}
    if kind == "eoq_all_units_discount":
        found = policies.with_discounts(
            p["fixed_cost"], p["holding_cost_rate"], p["demand_rate"], p["breakpoints"],
            p["unit_costs"],
        )  # fmt: skip
        return {"Q": found.quantity, "region": found.region, "cost": found.cost}
    if kind == "newsvendor_normal":
        found = policies.newsvendor(
            p["holding_cost"], p["stockout_cost"], p["demand_mean"], p["demand_sd"]
        )
        return {"S": found.level, "cost": found.cost}
    if kind == "newsvendor_explicit":
        found = policies.newsvendor_profit(
            p["revenue"], p["purchase_cost"], p["salvage_value"], p["demand_mean"], p["demand_sd"]
        )
        return {"S": found.level, "profit": found.cost}
    costs = p["holding_cost"], p["stockout_cost"], p["fixed_cost"], p["demand_mean"]
    if kind == "sS_poisson":
        found = policies.min_max_poisson(*costs)
        return {"s": found.minimum, "S": found.maximum, "cost": found.cost}
    if kind == "sS_power_approximation":
        found = policies.min_max_power(*costs, p["demand_sd"])
        return {"s": found.minimum, "S": found.maximum}
    if kind == "rQ_EIL":
        found = policies.reorder_point(*costs, p["demand_sd"], exact(p["lead_time"]))
    else:
        found = policies.reorder_point_poisson(*costs, p["lead_time"])
    return {"r": found.point, "Q": found.quantity, "cost": found.cost}


def exact(years):
    """The file writes a month, with which the expected figures were computed, as 0.083333."""
    return round(12 * years, 4) / 12


def cases():
    if not CASES.exists():
        return [pytest.param(None, marks=pytest.mark.skip("the cases are not beside the checkout"))]
    return [pytest.param(case, id=case["kind"]) for case in json.loads(CASES.read_text())["cases"]]


@pytest.mark.parametrize("case", cases())
def test_published_examples_come_out_to_four_decimals(case):
    assert answer(case["kind"], case["params"]) == pytest.approx(case["expected"], abs=5e-5)


def test_safety_stock_covers_the_error_of_the_forecast_over_the_lead_time():
    assert policies.safety_stock(10, 4, 0.975) == pytest.approx(39.199, abs=1e-3)
    assert policies.safety_stock(10, 4, 0.5) == pytest.approx(0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: policies.economic_quantity(0, 1, 1),
        lambda: policies.newsvendor(1, -1, 1, 1),
        lambda: policies.safety_stock(1, 1, 1.0),
        lambda: policies.safety_stock(1, -1, 0.9),
        lambda: policies.reorder_point(1, 1, 1, 1, 1, -1),
    ],
)
def test_figures_that_cannot_be_are_refused_with_a_sentence(wrong):
    with pytest.raises(NotPositive, match="greater than zero"):
        wrong()
