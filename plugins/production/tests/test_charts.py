"""Control charts: factors as printed, signs where they are complete, what a process is able to do."""

from __future__ import annotations

import pytest
from laboratory import Lab
from sqlalchemy import select

from dougong import Actor
from dougong.web.app import create_app
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
from dougong_production.quality_plans.models import QualityPlan

pytestmark = pytest.mark.once

#: Subgroups of 2 to 25 values, as in Montgomery, appendix VI, and ASTM STP 15D.
PRINTED = {
    "A2": (
        "1.880 1.023 0.729 0.577 0.483 0.419 0.373 0.337 0.308 0.285 0.266 0.249"
        " 0.235 0.223 0.212 0.203 0.194 0.187 0.180 0.173 0.167 0.162 0.157 0.153"
    ),
    "A3": (
        "2.659 1.954 1.628 1.427 1.287 1.182 1.099 1.032 0.975 0.927 0.886 0.850"
        " 0.817 0.789 0.763 0.739 0.718 0.698 0.680 0.663 0.647 0.633 0.619 0.606"
    ),
    "c4": (
        "0.7979 0.8862 0.9213 0.9400 0.9515 0.9594 0.9650 0.9693 0.9727 0.9754 0.9776 0.9794"
        " 0.9810 0.9823 0.9835 0.9845 0.9854 0.9862 0.9869 0.9876 0.9882 0.9887 0.9892 0.9896"
    ),
    "B3": (
        "0 0 0 0 0.030 0.118 0.185 0.239 0.284 0.321 0.354 0.382"
        " 0.406 0.428 0.448 0.466 0.482 0.497 0.510 0.523 0.534 0.545 0.555 0.565"
    ),
    "B4": (
        "3.267 2.568 2.266 2.089 1.970 1.882 1.815 1.761 1.716 1.679 1.646 1.618"
        " 1.594 1.572 1.552 1.534 1.518 1.503 1.490 1.477 1.466 1.455 1.445 1.435"
    ),
    "d2": (
        "1.128 1.693 2.059 2.326 2.534 2.704 2.847 2.970 3.078 3.173 3.258 3.336"
        " 3.407 3.472 3.532 3.588 3.640 3.689 3.735 3.778 3.819 3.858 3.895 3.931"
    ),
    "d3": (
        "0.853 0.888 0.880 0.864 0.848 0.833 0.820 0.808 0.797 0.787 0.778 0.770"
        " 0.763 0.756 0.750 0.744 0.739 0.734 0.729 0.724 0.720 0.716 0.712 0.708"
    ),
    "D3": (
        "0 0 0 0 0 0.076 0.136 0.184 0.223 0.256 0.283 0.307"
        " 0.328 0.347 0.363 0.378 0.391 0.403 0.415 0.425 0.434 0.443 0.451 0.459"
    ),
    "D4": (
        "3.267 2.574 2.282 2.114 2.004 1.924 1.864 1.816 1.777 1.744 1.717 1.693"
        " 1.672 1.653 1.637 1.622 1.608 1.597 1.585 1.575 1.566 1.557 1.548 1.541"
    ),
}
#: Books compute these from d2 and d3 that they have rounded before.
FROM_ROUNDED = ("d3", "D3", "D4")


@pytest.mark.parametrize("name", PRINTED)
def test_factors_are_those_of_the_tables_to_three_decimals(name):
    printed = [float(number) for number in PRINTED[name].split()]
    own = [getattr(factors(size), name) for size in range(2, 26)]
    if name in FROM_ROUNDED:
        assert own == pytest.approx(printed, abs=0.00105)
    else:
        assert [round(number, 4 if name == "c4" else 3) for number in own] == printed


def test_single_values_lie_within_three_moving_ranges_over_d2():
    # Books print 2.660, from a rounded d2.
    assert round(e2(), 3) == 2.659


def test_limits_are_those_of_the_worked_examples_in_the_book():
    """Montgomery, Introduction to Statistical Quality Control, chapters 6 and 7."""
    mean, spread = 1.5056, 0.32521
    hard_bake = [[mean - spread / 2, mean, mean, mean, mean + spread / 2]] * 25
    means, ranges = control.mean_range(hard_bake)
    assert limits(means, 3) == (1.318, 1.506, 1.693)
    assert limits(ranges, 3) == (0, 0.325, 0.688)
    able = control.capability(hard_bake, 1, 2)
    assert round(able.cp, 3) == 1.192
    # The mean lies a little above the middle: (2 - 1.5056) / (3 x 0.1398).
    assert round(able.cpk, 3) == 1.179

    far = 0.0094 * 2**0.5
    rings = [[74.001 - far, 74.001, 74.001, 74.001, 74.001 + far]] * 25
    means, deviations = control.mean_deviation(rings)
    assert limits(means, 3) == (73.988, 74.001, 74.014)
    assert limits(deviations, 4) == (0, 0.0094, 0.0196)

    viscosity, moving = control.single_values([33.28, 33.76] * 8)
    assert limits(viscosity, 2) == (32.24, 33.52, 34.8)
    assert limits(moving, 2) == (0, 0.48, 1.57)

    juice = [12] * 17 + [11] * 13
    assert limits(control.fraction(juice, [50] * 30), 4) == (0.0524, 0.2313, 0.4102)
    assert limits(control.number_bad(juice, [50] * 30), 2) == (2.62, 11.57, 20.51)
    assert limits(control.faults([20] * 22 + [19] * 4), 2) == (6.48, 19.85, 33.21)
    assert limits(control.faults_each([10] * 13 + [9] * 7, [5] * 20), 2) == (0.07, 1.93, 3.79)


def limits(chart, places):
    point = chart.points[0]
    return tuple(round(x, places) for x in (point.lower, point.centre, point.upper))


def test_zones_do_not_shrink_where_a_limit_is_cut_at_all_or_nothing():
    points = control.fraction([9, 10, 9, 10], [10] * 4).points
    assert points[1].upper == 1
    assert points[1].zone == pytest.approx(0.05 / (0.95 * 0.05 / 10) ** 0.5)


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


def test_the_page_of_charts_shows_what_is_out_of_control_first(make_runtime):
    runtime = make_runtime("base", "production")
    lab = Lab(runtime.house)
    config = {**runtime.config, "ACT_AS": Actor.system()}
    client = create_app(runtime, config).test_client()
    assert "Nothing is measured yet" in client.get("/production/charts").text

    lab.plan(number=2)
    for n in range(12):
        lab.receive()
        lab.decide(lab.enter("9.97 10.03" if n < 11 else "10.05 10.06", surface=1))
    surface, diameter = (
        client.get("/production/charts").text.partition("Surface")[i] for i in (2, 0)
    )
    assert "Out of control" in diameter
    assert "In control" in surface
    plan = lab.read(lambda session: session.scalar(select(QualityPlan.id)))
    page = client.get(f"/production/quality_plans/{plan}/charts").text
    assert '<a href="/production/inspections/' in page
