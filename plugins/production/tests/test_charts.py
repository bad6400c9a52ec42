"""Control charts: factors as printed, signs where they are complete, what a process is able to do."""

from __future__ import annotations

import pytest

from dougong_production.charts import control
from dougong_production.charts.constants import SubgroupSize, e2, factors
from dougong_production.charts.control import (
    Chart,
    ImpossibleCount,
    Point,
    TooFewValues,
    UnequalSubgroups,
)
from dougong_production.charts.rules import violations


@pytest.mark.parametrize(
    ("size", "printed"),
    [
        # d2, d3, c4, A2, A3, D3, D4, B3, B4 as in the tables of the textbooks
        (2, (1.128, 0.853, 0.7979, 1.880, 2.659, 0, 3.267, 0, 3.267)),
        (5, (2.326, 0.864, 0.9400, 0.577, 1.427, 0, 2.114, 0, 2.089)),
        (10, (3.078, 0.797, 0.9727, 0.308, 0.975, 0.223, 1.777, 0.284, 1.716)),
        (25, (3.931, 0.708, 0.9896, 0.153, 0.606, 0.459, 1.541, 0.565, 1.435)),
    ],
)
def test_factors_are_those_of_the_tables_to_three_decimals(size, printed):
    own = factors(size)
    found = (own.d2, own.d3, own.c4, own.A2, own.A3, own.D3, own.D4, own.B3, own.B4)
    assert found == pytest.approx(printed, abs=0.0011)
    assert found[:3] == pytest.approx(printed[:3], abs=0.00051)
    # Books print 2.660, from a rounded d2.
    assert e2() == pytest.approx(2.659, abs=0.0005)


def test_limits_of_means_and_ranges():
    means, ranges = control.mean_range([[9, 11, 10, 10, 10], [10, 12, 11, 11, 11]])
    assert [p.value for p in means.points] == [10, 11]
    point, spread = means.points[0], ranges.points[0]
    assert (point.centre, point.upper, point.lower) == pytest.approx(
        (10.5, 11.654, 9.346), abs=1e-3
    )
    assert (spread.centre, spread.lower, spread.upper) == pytest.approx((2, 0, 4.229), abs=1e-3)


def test_limits_of_single_values_and_of_counts():
    values, ranges = control.single_values([10, 12, 11, 13])
    assert values.points[0].upper == pytest.approx(11.5 + 2.6587 * 5 / 3, abs=1e-3)
    assert [p.value for p in ranges.points] == [2, 1, 2]
    part = control.fraction([2, 4], [50, 100]).points
    assert part[0].centre == pytest.approx(0.04)
    assert part[0].upper == pytest.approx(0.04 + 3 * (0.04 * 0.96 / 50) ** 0.5)
    assert part[1].upper < part[0].upper
    assert part[0].lower == 0
    assert control.number_bad([2, 4], [50, 50]).points[0].upper == pytest.approx(
        3 + 3 * (3 * 0.94) ** 0.5
    )
    assert control.faults([4, 4]).points[0].upper == pytest.approx(10)
    assert control.faults_each([4, 4], [4, 1]).points[1].upper == pytest.approx(1.6 + 3 * 1.6**0.5)


def signs(values, rules="nelson", run=None):
    """Signs of points with centre 0 and standard deviation 1."""
    chart = Chart("", tuple(Point(value, 0, -3, 3) for value in values))
    return violations(chart, rules, run)


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        ([0.5, 3.1], (1, "beyond")),
        ([0.5, -0.5] + [0.2, 0.4] * 4 + [0.5], (10, "run")),
        ([-0.9, -0.5, 0.1, 0.3, 0.6, 0.8], (5, "trend")),
        ([0.5, -0.5] * 7, (13, "alternating")),
        ([2.1, 0.3, 2.2], (2, "two_of_three")),
        ([-1.1, -1.2, 0.3, -1.5, -1.6], (4, "four_of_five")),
        ([0.2, 0.3, -0.2] * 5, (14, "hugging")),
        ([1.5, -1.2] * 4, (7, "avoiding")),
    ],
)
def test_each_rule_is_told_where_its_sign_is_complete(values, sign):
    found = signs(values)
    assert sign in found
    assert [n for n, rule in found if rule == sign[1]] == [sign[0]]


def test_the_length_of_a_run_is_a_parameter_and_western_electric_takes_eight():
    eight = [-0.5, 0.5] + [0.3, 0.4] * 3 + [0.5]
    assert (8, "run") in signs(eight, "western")
    assert not [s for s in signs(eight) if s[1] == "run"]
    assert (8, "run") in signs(eight, "nelson", run=8)
    assert not [s for s in signs([-0.9, -0.5, 0.1, 0.3, 0.6, 0.8], "western") if s[1] == "trend"]


def test_capability_of_a_centred_and_of_a_shifted_process():
    groups = [[9.9, 10.1], [10.1, 9.9], [9.9, 10.1], [10.1, 9.9]]
    able = control.capability(groups, 9, 11)
    sigma = 0.2 / factors(2).d2
    assert (able.cp, able.cpk) == pytest.approx((2 / (6 * sigma), 1 / (3 * sigma)))
    assert able.pp == pytest.approx(2 / (6 * 0.1069), rel=1e-3)
    shifted = control.capability(groups, 9.5, None)
    assert shifted.cp is None
    assert shifted.cpk == pytest.approx(0.5 / (3 * sigma))


@pytest.mark.parametrize(
    ("draw", "refusal"),
    [
        (lambda: factors(26), SubgroupSize),
        (lambda: control.mean_range([[1, 2]]), TooFewValues),
        (lambda: control.mean_range([[1, 2], [1, 2, 3]]), UnequalSubgroups),
        (lambda: control.single_values([1]), TooFewValues),
        (lambda: control.fraction([3, 9], [5, 5]), ImpossibleCount),
        (lambda: control.faults([1, -1]), ImpossibleCount),
    ],
)
def test_what_makes_no_chart_is_refused_with_a_sentence(draw, refusal):
    with pytest.raises(refusal):
        draw()
