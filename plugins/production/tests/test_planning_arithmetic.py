"""Lot sizes, levels, netting and pegging, against published cases."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

import numpy as np
import pytest

from dougong_production.planning.levels import Circle, low_level_codes
from dougong_production.planning.lot_sizes import LotRule, cost_of, lots_for
from dougong_production.planning.netting import Edges, Situation, Structure, plan_requirements
from dougong_production.planning.pegging import Advice, Flow, Peg, advise, peg

pytestmark = pytest.mark.once

CASES = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "cases"
NEEDS = [90.0, 120.0, 80.0, 70.0]
COSTS = {"setup_cost": 500.0, "holding_cost": 2.0}


def case(name):
    path = CASES / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{name}.json is not there")
    return json.loads(path.read_text("utf-8"))


def by_policy(policy, needs=NEEDS, **more):
    return lots_for(needs, LotRule(policy=policy, **COSTS | more))


@pytest.mark.parametrize("digits", [0, 6])
def test_wagner_whitin_finds_the_published_lots_and_cost(digits):
    (told,) = case("lot_sizing")["cases"]
    rule = LotRule(
        policy="wagner_whitin", setup_cost=told["setup"], holding_cost=told["holding"],
        digits=digits,
    )  # fmt: skip
    lots = lots_for(told["demand"], rule)
    assert lots == told["wagner_whitin_lots"]
    assert cost_of(lots, told["demand"], rule) == told["wagner_whitin_cost"]


@pytest.mark.parametrize(
    ("policy", "more", "lots"),
    [
        ("lot_for_lot", {}, [90, 120, 80, 70]),
        ("fixed", {"size": 100.0}, [100, 200, 0, 100]),
        ("periods", {"size": 2.0}, [210, 0, 150, 0]),
        ("silver_meal", {}, [290, 0, 0, 70]),
        ("eoq", {}, [pytest.approx(212.132034), 0, pytest.approx(212.132034), 0]),
    ],
)
def test_each_policy_lots_the_same_needs_its_own_way(policy, more, lots):
    assert by_policy(policy, **more) == lots


def test_no_heuristic_is_cheaper_than_wagner_whitin():
    needs = [10.0, 62, 12, 130, 154, 129, 88, 52, 124, 160, 238, 41]
    rule = LotRule(setup_cost=54.0, holding_cost=0.4)
    best = cost_of(by_policy("wagner_whitin", needs, setup_cost=54, holding_cost=0.4), needs, rule)
    assert best == pytest.approx(501.2)
    for policy in ("lot_for_lot", "silver_meal", "periods", "eoq"):
        lots = by_policy(policy, needs, setup_cost=54.0, holding_cost=0.4)
        assert cost_of(lots, needs, rule) >= best - 1e-9, policy


def test_a_minimum_and_a_multiple_hold_for_every_policy_and_nothing_is_made_twice():
    rule = LotRule(minimum=100.0, multiple=30.0)
    assert lots_for([10.0, 0, 95, 130], rule) == [120, 0, 0, 120]


def bom(structure):
    names = sorted({*structure, *(c for parts in structure.values() for c in parts)})
    index = {name: n for n, name in enumerate(names)}
    lines = [(index[p], index[c], q) for p, parts in structure.items() for c, q in parts.items()]
    parents, children, per = (np.array(column) for column in zip(*lines, strict=True))
    return names, Structure(
        count=len(names), parents=parents, children=children, per=per.astype(float)
    )


@pytest.mark.parametrize("digits", [None, np.zeros(7, dtype=np.int64)])
def test_the_published_table_of_seven_items_in_four_levels(digits):
    told = case("mrp")
    names, structure = bom(told["bom"])
    weeks = 8
    demand = np.zeros((len(names), weeks))
    demand[names.index("A"), 7] = 50
    plan = plan_requirements(
        structure,
        Situation(
            on_hand=np.array([told["case_no_stock"]["on_hand"][n] for n in names], float),
            safety=np.zeros(len(names)),
            lead=np.array([told["lead_time_weeks"][n] for n in names]),
            expected=np.zeros_like(demand),
            demand=demand,
            digits=digits,
        ),
    )
    releases = {
        name: {str(week + 1): plan.releases[n, week] for week in np.flatnonzero(plan.releases[n])}
        for n, name in enumerate(names)
    }
    assert releases == told["case_no_stock"]["planned_order_releases"]
    totals = dict(zip(names, plan.gross.sum(axis=1).tolist(), strict=True))
    assert totals == told["case_no_stock"]["gross_total"]
    assert not plan.late.any()


def test_stock_receipts_and_safety_lessen_or_raise_what_is_needed():
    structure = Structure(
        count=1, parents=np.empty(0, int), children=np.empty(0, int), per=np.empty(0)
    )
    situation = Situation(
        on_hand=np.array([20.0]), safety=np.array([5.0]), lead=np.array([1]),
        expected=np.array([[0.0, 10, 0, 0]]), demand=np.array([[10.0, 10, 10, 10]]),
    )  # fmt: skip
    plan = plan_requirements(structure, situation)
    assert plan.net.tolist() == [[0, 0, 5, 10]]
    assert plan.releases.tolist() == [[0, 5, 10, 0]]
    assert plan.projected(situation.on_hand).tolist() == [[10, 10, 5, 5]]


def test_what_is_under_way_too_late_is_hurried_or_else_ordered_anew():
    structure = Structure(
        count=1, parents=np.array([], int), children=np.array([], int), per=np.array([])
    )
    facts = {
        "on_hand": np.array([0.0]), "safety": np.array([0.0]), "lead": np.array([0]),
        "expected": np.array([[0.0, 0, 10, 0]]), "demand": np.array([[0.0, 4, 0, 10]]),
    }  # fmt: skip
    hurried = plan_requirements(structure, Situation(**facts))
    anew = plan_requirements(structure, Situation(**facts, sooner=False))

    assert hurried.net.tolist() == [[0, 0, 0, 4]]
    assert hurried.projected(facts["on_hand"]).tolist() == [[0, -4, 6, 0]]
    assert anew.net.tolist() == [[0, 4, 0, 0]]


def test_what_should_have_begun_already_begins_now_and_is_told_as_late():
    _names, structure = bom({"A": {"B": 1}})
    situation = Situation(
        on_hand=np.zeros(2), safety=np.zeros(2), lead=np.array([2, 3]),
        expected=np.zeros((2, 4)), demand=np.array([[0.0, 0, 0, 7], [0, 0, 0, 0]]),
    )  # fmt: skip
    plan = plan_requirements(structure, situation)
    assert plan.releases.tolist() == [[0, 7, 0, 0], [7, 0, 0, 0]]
    assert plan.late.tolist() == [0, 2]


def test_an_item_that_contains_itself_is_refused_with_those_on_the_circle():
    with pytest.raises(Circle) as told:
        low_level_codes(4, np.array([0, 1, 2, 3]), np.array([1, 2, 1, 0]))
    assert set(told.value.items) == {1, 2}


def test_supplies_are_pegged_to_the_demands_they_serve_in_order():
    pegs = list(
        peg(
            5,
            [Flow(2, 10, "PO-1"), Flow(4, 10, "PO-2")],
            [Flow(1, 8, "SO-1"), Flow(3, 9, "SO-2", rank=1), Flow(3, 2, "SO-3")],
        )
    )
    assert pegs == [
        Peg(None, "SO-1", 5, 0), Peg("PO-1", "SO-1", 3, 1), Peg("PO-1", "SO-3", 2, 0),
        Peg("PO-1", "SO-2", 5, 0), Peg("PO-2", "SO-2", 4, 1), Peg("PO-2", None, 6, 0),
    ]  # fmt: skip


def test_a_demand_that_nothing_serves_is_told_as_missing():
    assert list(peg(3, [], [Flow(0, 5, "SO-1")])) == [
        Peg(None, "SO-1", 3, 0), Peg(None, "SO-1", -2, 0),
    ]  # fmt: skip


def test_what_is_under_way_is_advised_to_come_sooner_later_or_not_at_all():
    expected = [Flow(5, 10, "PO-1"), Flow(2, 10, "PO-2"), Flow(6, 10, "PO-3")]
    demands = [Flow(1, 15, "SO-1"), Flow(4, 5, "SO-2")]
    assert advise(0, 0, expected, demands) == [
        Advice("PO-1", "expedite", 1), Advice("PO-2", "expedite", 1), Advice("PO-3", "cancel", None),
    ]  # fmt: skip


def test_lots_of_what_is_counted_in_pieces_are_whole_and_needs_carry_their_fractions():
    needs = [12.02, 12.02, 11.97, 0.01]
    pieces = {"digits": 0}
    assert by_policy("lot_for_lot", needs, **pieces) == [13, 12, 12, 0]
    assert sum(by_policy("lot_for_lot", needs, **pieces)) == 37  # 36.02, rounded up once
    assert by_policy("eoq", **pieces) == [213, 0, 213, 0]
    assert by_policy("fixed", needs, size=2.5, **pieces) == [15, 12, 12, 0]
    assert by_policy("lot_for_lot", needs, multiple=2.5, **pieces) == [15, 12, 12, 0]
    for policy in ("periods", "silver_meal", "wagner_whitin"):
        assert all(lot == int(lot) for lot in by_policy(policy, needs, **pieces))
    assert by_policy("lot_for_lot", [0.1234, 0.1], digits=3) == [0.124, 0.1]


def test_each_lot_takes_whole_pieces_of_what_one_needs_a_fraction_of():
    # A lamp takes a third of a pack of film (in packs) and 0.0125 kg of glue (three places).
    structure = Structure(
        count=4, parents=np.array([0, 0, 3]), children=np.array([1, 2, 1]),
        per=np.array([1 / 3, 0.0125, 0.5]),
    )  # fmt: skip
    situation = Situation(
        on_hand=np.zeros(4), safety=np.zeros(4), lead=np.zeros(4, dtype=np.int64),
        expected=np.zeros((4, 3)),
        demand=np.array([[4.0, 0, 12.02], [0, 0, 0], [0, 0, 0], [1, 0, 0]]),
        digits=np.array([0, 0, 3, 0]),
    )  # fmt: skip
    plan = plan_requirements(structure, situation)
    assert plan.receipts[0].tolist() == [4, 0, 13]
    # 4/3 and 1/2 are taken by two orders: two packs and one; 13/3 are five.
    assert plan.gross[1].tolist() == [3, 0, 5]
    assert plan.gross[2].tolist() == [0.05, 0, 0.163]


def test_what_thousands_of_lines_take_is_each_lots_exact_take_rounded_up_and_added():
    rng = np.random.default_rng(11)
    makers, parts, lines = 300, 40, 3000
    parents, children = rng.integers(0, makers, lines), makers + rng.integers(0, parts, lines)
    per = rng.integers(1, 40, lines)  # eighths
    digits = np.concatenate([np.zeros(makers), rng.integers(0, 3, parts)]).astype(np.int64)
    demand = np.zeros((makers + parts, 6))
    demand[:makers, [0, 3, 4]] = rng.integers(0, 30, (makers, 3))
    plan = plan_requirements(
        Structure(count=makers + parts, parents=parents, children=children, per=per / 8),
        Situation(
            on_hand=np.zeros(makers + parts), safety=np.zeros(makers + parts),
            lead=np.zeros(makers + parts, dtype=np.int64),
            expected=np.zeros((makers + parts, 6)), demand=demand, digits=digits,
        ),
    )  # fmt: skip
    taken = defaultdict(Decimal)
    for parent, child, eighths in zip(parents, children, per, strict=True):
        for period in (0, 3, 4):
            exact = Decimal(int(demand[parent, period])) * int(eighths) / 8
            step = Decimal(1).scaleb(-int(digits[child]))
            taken[child, period] += exact.quantize(step, ROUND_CEILING)
    for child in range(makers, makers + parts):
        assert [Decimal(str(many)) for many in plan.gross[child]] == [
            taken[child, period] for period in range(6)
        ]


def test_a_fraction_that_comes_out_beside_is_not_counted_on():
    beside = Edges(parents=np.array([0]), children=np.array([1]), per=np.array([0.4]))
    structure = Structure(
        count=2, parents=np.empty(0, dtype=np.int64), children=np.empty(0, dtype=np.int64),
        per=np.empty(0), beside=beside,
    )  # fmt: skip
    situation = Situation(
        on_hand=np.zeros(2), safety=np.zeros(2), lead=np.zeros(2, dtype=np.int64),
        expected=np.zeros((2, 1)), demand=np.array([[4.0], [2]]), digits=np.array([0, 0]),
    )  # fmt: skip
    plan = plan_requirements(structure, situation)
    assert plan.expected[1].tolist() == [1]
    assert plan.receipts[1].tolist() == [1]
