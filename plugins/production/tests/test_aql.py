"""Sampling plans as printed in the standard, and when inspection becomes stricter or milder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dougong_production.quality.aql import (
    AQLS,
    LETTERS,
    LEVELS,
    NothingToInspect,
    Plan,
    UnknownAql,
    UnknownLevel,
    code_letter,
    plan_for,
    plan_of,
)
from dougong_production.quality.switching import Standing, after_lot, resumed

pytestmark = pytest.mark.once

PRINTED = Path(__file__).parent / "printed"


@pytest.fixture
def printed():
    """The published table of normal inspection."""
    return json.loads((PRINTED / "aql_normal_single.json").read_text("utf-8"))


@pytest.mark.parametrize("severity", ["tightened", "reduced"])
def test_every_cell_of_the_stricter_and_the_milder_table_is_as_published(severity):
    tables = json.loads((PRINTED / "aql_tightened_reduced.json").read_text("utf-8"))
    for letter, row in tables[severity].items():
        for aql, cell in zip(AQLS, row.split(), strict=True):
            plan = plan_of(letter, aql, severity)
            assert f"{plan.size}/{plan.accept}/{plan.reject}" == cell, (letter, aql)


@pytest.mark.parametrize("severity", ["normal", "tightened", "reduced"])
def test_plans_of_one_diagonal_accept_the_same_and_arrows_lead_to_the_nearest_plan(severity):
    """Going one letter down and one AQL to the left, sample times AQL and so Ac stay the same."""
    own = {
        (row, column): plan.accept
        for row, letter in enumerate(LETTERS)
        for column, aql in enumerate(AQLS)
        if (plan := plan_of(letter, aql, severity)).letter == letter
    }
    by_diagonal = {}
    for (row, column), accept in own.items():
        by_diagonal.setdefault(row + column, set()).add(accept)
    assert all(len(several) == 1 for several in by_diagonal.values())
    kinds = [several.pop() for _n, several in sorted(by_diagonal.items())]
    assert kinds == sorted(kinds)
    assert len(kinds) == (8 if severity == "tightened" else 9)
    for row, letter in enumerate(LETTERS):
        for column, aql in enumerate(AQLS):
            plan = plan_of(letter, aql, severity)
            reached = (LETTERS + "S").index(plan.letter)
            between = range(min(row, reached) + 1, max(row, reached))
            assert not [n for n in between if (n, column) in own], (letter, aql)


def test_every_letter_and_every_plan_of_the_published_table_comes_out(printed):
    for level, letters in printed["code_letters"].items():
        for (least, most), letter in zip(printed["lot_ranges"], letters, strict=True):
            assert code_letter(least, level) == letter
            assert code_letter(most or 10**9, level) == letter
    for aql, plans in printed["acceptance_number_by_aql_and_letter"].items():
        for letter, accept in plans.items():
            size = printed["sample_size"][letter]
            assert plan_of(letter, aql) == Plan(letter, size, accept, accept + 1)


def test_arrows_lead_to_another_plan_with_its_own_sample_size(printed):
    for aql, plans in printed["acceptance_number_by_aql_and_letter"].items():
        zero = LETTERS.index(next(letter for letter, accept in plans.items() if accept == 0))
        if zero:
            assert plan_of(LETTERS[zero - 1], aql) == plan_of(LETTERS[zero], aql)
        assert plan_of(LETTERS[zero + 1], aql) == plan_of(LETTERS[zero], aql)
        if zero + 3 < len(LETTERS):
            assert plan_of(LETTERS[zero + 2], aql) == plan_of(LETTERS[zero + 3], aql)
        last = max(LETTERS.index(letter) for letter in plans)
        assert plan_of("R", aql) == plan_of(LETTERS[last], aql)


@pytest.mark.parametrize(
    ("severity", "lot", "level", "aql", "letter", "size", "accept", "reject"),
    [
        # The lot of 3,000 at AQL 2.5 that textbooks like, on all levels and severities.
        ("normal", 3000, "I", "2.5", "H", 50, 3, 4),
        ("normal", 3000, "II", "2.5", "K", 125, 7, 8),
        ("normal", 3000, "III", "2.5", "L", 200, 10, 11),
        ("tightened", 3000, "I", "2.5", "H", 50, 2, 3),
        ("tightened", 3000, "II", "2.5", "K", 125, 5, 6),
        ("tightened", 3000, "III", "2.5", "L", 200, 8, 9),
        ("reduced", 3000, "I", "2.5", "H", 20, 1, 4),
        ("reduced", 3000, "II", "2.5", "K", 50, 3, 6),
        ("reduced", 3000, "III", "2.5", "L", 80, 5, 8),
        ("normal", 1000, "II", "1.0", "J", 80, 2, 3),
        ("tightened", 1000, "II", "1.0", "J", 80, 1, 2),
        ("reduced", 1000, "II", "1.0", "J", 32, 1, 3),
        # Between zero and one the tightened table knows only the way down, at last to letter S.
        ("tightened", 100, "II", "1.0", "F", 20, 0, 1),
        ("tightened", 200, "II", "1.0", "J", 80, 1, 2),
        ("tightened", 10**6, "II", "0.025", "S", 3150, 1, 2),
        ("tightened", 10**6, "III", "0.010", "R", 2000, 0, 1),
        # At the lower edge there is no plan below: the arrow turns.
        ("normal", 10**6, "III", "0.010", "Q", 1250, 0, 1),
        ("normal", 10**6, "III", "0.015", "P", 800, 0, 1),
    ],
)  # fmt: skip
def test_plans_by_severity(severity, lot, level, aql, letter, size, accept, reject):
    assert plan_for(lot, level, aql, severity) == Plan(letter, size, accept, reject)


def test_a_sample_of_at_least_the_lot_means_that_every_piece_is_inspected():
    assert plan_for(40, "II", "0.25") == Plan("H", 40, 0, 1, whole_lot=True)
    assert plan_for(1, "II", "6.5") == Plan("A", 1, 0, 1, whole_lot=True)


def test_every_cell_of_the_tables_leads_to_a_plan():
    for severity in ("normal", "tightened", "reduced"):
        for letter in LETTERS:
            for aql in AQLS:
                plan = plan_of(letter, aql, severity)
                assert 0 <= plan.accept < plan.reject <= plan.size + 8


def test_stricter_limits_never_accept_more():
    for letter in LETTERS:
        accepted = [plan_of(letter, aql).accept / plan_of(letter, aql).size for aql in AQLS]
        assert accepted == sorted(accepted)


@pytest.mark.parametrize(
    ("arguments", "refusal", "sentence"),
    [
        ((100, "II", "0.7"), UnknownAql, "0.7 is not an AQL of the tables"),
        ((100, "IV", "1.0"), UnknownLevel, "IV is not an inspection level"),
        ((0, "II", "1.0"), NothingToInspect, "A lot has at least one piece"),
    ],
)
def test_what_no_table_knows_is_refused_with_a_sentence(arguments, refusal, sentence):
    with pytest.raises(refusal, match=sentence):
        plan_for(*arguments)
    assert len(LEVELS) == 7


def run(lots, start=None, aql="1.0", **options):
    """Inspect lots of a thousand one after another; ``lots`` is the number of bad pieces in each."""
    standing, seen = start or Standing(), []
    for bad in lots:
        plan = plan_for(1000, "II", aql, standing.severity)
        standing = after_lot(standing, plan, aql, bad, **options)
        seen.append(standing.mode)
    return standing, seen


def test_two_refused_of_five_lots_tighten_the_inspection():
    assert run([3, 0, 0, 0, 3])[1] == ["normal"] * 4 + ["tightened"]
    assert run([3, 0, 0, 0, 0, 3])[1][-1] == "normal"


def test_five_accepted_lots_in_a_row_bring_tightened_inspection_back_to_normal():
    assert run([0, 0, 0, 0, 2, 0, 0, 0, 0, 0], resumed())[1] == ["tightened"] * 9 + ["normal"]


def test_five_refused_lots_while_tightened_stop_the_inspection_until_it_is_resumed():
    standing, seen = run([2, 0, 2, 0, 2, 2, 2, 0], resumed())
    assert seen == ["tightened"] * 6 + ["discontinued"] * 2
    assert standing.severity == "tightened"


def test_thirty_points_allow_reduced_inspection_where_it_is_wanted():
    assert run([1] * 10)[1] == ["normal"] * 9 + ["reduced"]
    assert run([1] * 20, may_reduce=False)[1][-1] == "normal"
    # Two bad pieces are accepted, but would not be by the next stricter limit.
    assert run([1] * 9 + [2] + [1] * 9)[1][-1] == "normal"
    # Where at most one bad piece is accepted, a lot brings two points.
    assert run([0] * 15, aql="0.15")[1] == ["normal"] * 14 + ["reduced"]


def test_reduced_inspection_ends_with_a_lot_that_falls_into_the_gap():
    reduced = Standing("reduced")
    assert run([1, 2], reduced)[1] == ["reduced", "normal"]
    assert run([0, 3], reduced)[1] == ["reduced", "normal"]
