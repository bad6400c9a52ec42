"""Forecasts of one series: the methods, what kind a series is, how errors are measured."""

from __future__ import annotations

import random
from statistics import fmean

import pytest

from dougong_inventory.forecast import accuracy, choosing, library, methods
from dougong_inventory.forecast.choosing import forecast, held_back
from dougong_inventory.forecast.classes import class_of, interval, unevenness

pytestmark = pytest.mark.once


def rare(seed, chance=0.4, length=120, size=6):
    draw = random.Random(seed)
    return [float(draw.randint(1, size)) if draw.random() < chance else 0.0 for _n in range(length)]


def test_demand_is_smooth_erratic_intermittent_or_lumpy_by_the_published_limits():
    assert class_of([10, 11, 9, 10, 10, 12]) == "smooth"
    assert class_of([1, 30, 2, 1, 1, 40]) == "erratic"
    assert class_of([0, 5, 0, 5, 0, 5]) == "intermittent"
    assert class_of([0, 1, 0, 30, 0, 1]) == "lumpy"
    # Three demands in four periods: 1.33 periods for one, just rare.
    assert interval([1, 1, 0, 1]) == pytest.approx(4 / 3)
    assert class_of([1, 1, 0, 1]) == "intermittent"
    assert unevenness([0, 2, 4]) == pytest.approx(1 / 9)


def test_the_season_before_is_repeated_and_a_short_past_is_averaged():
    past = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
    assert methods.seasonal_naive(past, 6, 4) == [5, 6, 7, 8, 5, 6]
    assert methods.seasonal_naive([2.0, 4.0], 2, 4) == [3, 3]


def test_the_moving_average_is_that_of_a_quarter_or_of_half_a_year():
    past = [100.0] * 50 + [13.0] * 13
    assert methods.moving_average(past, 2, 52) == [13, 13]
    assert methods.moving_average(past, 1, 12) == [13]


def test_smoothing_follows_a_level_that_moves_and_averages_one_that_does_not():
    # By hand: 10 + 0.5 * (20 - 10) = 15, then 15 + 0.5 * (20 - 15) = 17.5.
    assert methods.smoothed([10, 20, 20], 0.5).level == 17.5
    assert methods.smoothed([10, 20, 20], 0.5).missed == 125
    assert methods.smoothing([5.0] * 20 + [50.0] * 20, 1)[0] == pytest.approx(50, abs=0.5)


def test_a_calm_level_begins_as_the_mean_and_may_remain_it():
    # 10, 15, then 15 + 0.4 * (20 - 15) = 17; the mean would be 15 + (20 - 15) / 3.
    assert methods.warmed([10, 20, 20], 0.4).level == 17
    assert methods.warmed([10, 20, 20], 0).level == pytest.approx(50 / 3)
    steady = [6.0, 0.0, 4.0, 0.0, 5.0, 0.0, 5.0, 0.0]
    assert methods.imapa(steady, 1)[0] == pytest.approx(fmean(steady), rel=0.01)
    assert methods.imapa(steady, 1, as_published=True)[0] < 0.98 * fmean(steady)


def test_croston_and_its_followers_come_out_as_by_hand():
    past = [0.0, 0.0, 6.0, 0.0, 3.0]
    # Sizes 6, 3: 6 + 0.1 * (3 - 6) = 5.7. Gaps 3, 2: 3 + 0.1 * (2 - 3) = 2.9.
    assert methods.croston(past, 2) == pytest.approx([5.7 / 2.9] * 2)
    assert methods.sba(past, 1) == pytest.approx([0.95 * 5.7 / 2.9])
    # The chance begins at 0: 0, 0, .1, .09, .181.
    assert methods.tsb(past, 1) == pytest.approx([5.7 * 0.181])


def test_what_goes_out_of_use_is_forecast_less_and_less():
    used = rare(1)
    assert methods.tsb([*used, *[0.0] * 40], 1)[0] < methods.tsb(used, 1)[0] / 10
    assert methods.croston([*used, *[0.0] * 40], 1) == methods.croston(used, 1)


@pytest.mark.parametrize("chance", [0.2, 0.4, 0.7])
def test_our_rare_demand_is_that_of_the_library(chance):
    models = pytest.importorskip("statsforecast.models")
    import numpy as np

    past = rare(7, chance)
    y = np.array(past)

    def theirs(model):
        return model.forecast(y=y, h=1)["mean"][0]

    ours = methods.imapa(past, 1, as_published=True)[0]
    assert ours == pytest.approx(theirs(models.IMAPA()), rel=0.01)
    assert methods.croston(past, 1)[0] == pytest.approx(theirs(models.CrostonClassic()))
    assert methods.sba(past, 1)[0] == pytest.approx(theirs(models.CrostonSBA()))
    assert methods.tsb(past, 1)[0] == pytest.approx(theirs(models.TSB(0.1, 0.1)))


@pytest.mark.parametrize("name", [*choosing.OWN, *choosing.LIBRARY])
def test_no_method_forecasts_less_than_nothing(name):
    if name in choosing.LIBRARY and not library.available():
        pytest.skip("the extra is not installed")
    falling = [float(max(0, 200 - 8 * n)) for n in range(26)]
    found = forecast(falling, 20, 52, name).figures
    assert len(found) == 20
    assert min(found) >= 0


@pytest.mark.parametrize("name", list(choosing.LIBRARY))
def test_series_that_the_library_cannot_read_are_smoothed(name, monkeypatch):
    if not library.available():
        pytest.skip("the extra is not installed")
    for length in range(1, 8):
        found = forecast([5.0, 3.0, 4.0, 0.0, 6.0, 5.0, 4.0][:length], 3, 12, name)
        assert found.method == "smoothing"
        assert len(found.figures) == 3

    def broken(*_given):
        raise ValueError("singular")

    monkeypatch.setitem(choosing.LIBRARY, name, broken)
    past = [5.0, 7.0, 6.0] * 8
    assert forecast(past, 3, 12, name).figures == methods.smoothing(past, 3)


def test_errors_are_measured_as_published():
    past, actual, said = [2.0, 4.0, 6.0, 8.0], [10.0, 12.0], [9.0, 9.0]
    # Steps of 2: mean square 4. Errors 1 and 3: mean square 5, mean 2.
    assert accuracy.rmsse(past, actual, said) == pytest.approx((5 / 4) ** 0.5)
    assert accuracy.mase(past, actual, said) == pytest.approx(1)
    assert accuracy.mase(past, actual, said, season=2) == pytest.approx(0.5)
    assert accuracy.smape(actual, said) == pytest.approx(100 * (1 / 19 * 2 + 3 / 21 * 2) / 2)
    assert accuracy.smape([0.0], [0.0]) == 0
    assert accuracy.bias(actual, said) == pytest.approx(-4 / 22)


def test_figures_without_a_meaning_are_none():
    assert accuracy.rmsse([3.0, 3.0], [1.0], [1.0]) is None
    assert accuracy.mase([3.0, 3.0], [1.0], [1.0]) is None
    assert accuracy.bias([0.0], [1.0]) is None


def test_the_method_follows_the_class():
    without_gaps = forecast([50 + n % 3 for n in range(60)], 4, 52)
    assert without_gaps.kind == "smooth"
    assert without_gaps.method == ("theta" if library.available() else "smoothing")
    assert forecast(rare(3), 4, 52).method == "imapa"
    assert forecast(rare(3), 4, 52, "tsb").method == "tsb"


def test_without_the_library_a_season_is_seen_by_what_it_would_have_saved(monkeypatch):
    monkeypatch.setattr(library, "available", lambda: False)
    seasonal = [10.0 + 90 * (n % 12 == 11) + n % 2 for n in range(60)]
    level = [50.0 + random.Random(n).randint(-9, 9) for n in range(60)]
    assert forecast(seasonal, 6, 12).method == "seasonal_naive"
    assert forecast(level, 6, 12).method == "smoothing"
    assert forecast(level, 6, 12, "best").method == "smoothing"


def test_theta_beats_the_level_where_there_is_a_trend():
    if not library.available():
        pytest.skip("the extra is not installed")
    rising = [100 + 3 * n + random.Random(n).randint(-5, 5) for n in range(60)]
    actual = [100 + 3 * n for n in range(60, 66)]
    theta = forecast(rising, 6, 12, "theta").figures
    assert accuracy.rmse(actual, theta) < accuracy.rmse(actual, methods.smoothing(rising, 6))
    both = forecast(rising, 6, 12, "best")
    assert both.method == "ets_theta"
    assert accuracy.rmse(actual, both.figures) < 8


def test_the_error_is_measured_on_periods_that_were_held_back():
    assert held_back(100, 13) == 13
    assert held_back(100, 2) == 4
    assert held_back(15, 13) == 5
    assert held_back(11, 13) == 0
    short = forecast([4.0, 6.0], 3, 52)
    assert short.rmsse is None
    assert short.error == pytest.approx(2**0.5)


def test_what_lies_before_the_first_sale_is_no_demand_of_zero():
    new = forecast([0.0] * 80 + [10.0, 11.0, 9.0, 10.0], 2, 52)
    assert new.kind == "smooth"
    assert new.figures == pytest.approx([10, 10], abs=1)


def test_eight_of_ten_periods_lie_in_the_band():
    inside = total = 0
    for seed in range(60):
        draw = random.Random(seed)
        series = [max(0.0, draw.gauss(100, 20)) for _n in range(90)]
        found = forecast(series[:80], 10, 52, "smoothing")
        for figure, actual in zip(found.figures, series[80:], strict=True):
            inside += figure - found.reach <= actual <= figure + found.reach
            total += 1
    assert inside / total == pytest.approx(0.8, abs=0.06)


def test_rare_demand_is_forecast_nearly_as_well_as_by_who_knows_its_true_mean():
    ours, best, said, came = [], [], 0.0, 0.0
    for seed in range(300):
        chance = 0.15 + 0.55 * seed / 300
        series = rare(seed, chance, 104)
        known, actual = series[:-13], series[-13:]
        found = methods.imapa(known, 13)
        ours.append(accuracy.rmsse(known, actual, found))
        best.append(accuracy.rmsse(known, actual, [chance * 3.5] * 13))
        said, came = said + sum(found), came + sum(actual)
    assert fmean(ours) <= 1.02 * fmean(best)
    assert abs(said / came - 1) <= 0.05
