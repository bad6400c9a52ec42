"""Charts are drawn by the server: their parts are as high as their figures, and everybody can read them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest

from dougong.resources.formats import formats
from dougong.web.charts import Series, of_facts, picture, plain

ENGLISH = formats("en")


def drawn(labels, *series, shape="bar", fmt=ENGLISH):
    chart = plain(labels, [Series(*one) for one in series], shape, lambda value: f"{value} kg")
    return picture(chart, fmt)


def bars(picture_):
    return [(one.y, one.height) for column in picture_.columns for one in column.parts]


def test_a_bar_is_as_high_as_its_figure_between_round_lines():
    shown = drawn(["May", "June"], ("Sold", [15, 30]))

    assert [words for _height, words in shown.ticks] == ["30", "20", "10", "0"]
    assert bars(shown) == [(50, 50), (0, 100)]


def test_what_is_owed_hangs_below_the_line_of_nothing():
    shown = drawn(["May", "June"], ("Result", [Decimal(40), Decimal(-20)]))

    assert [words for _height, words in shown.ticks] == ["40", "20", "0", "-20"]
    assert shown.zero == 66.67
    assert bars(shown) == [(0, 66.67), (66.67, 33.33)]


def test_counts_have_no_half_between_their_lines_and_shares_have():
    assert [words for _height, words in drawn(["May"], ("Orders", [1])).ticks] == ["1", "0"]
    shares = drawn(["May"], ("Share", [Decimal("0.75")]))
    assert [words for _height, words in shares.ticks] == ["0.8", "0.6", "0.4", "0.2", "0.0"]


@pytest.mark.parametrize(("language", "words"), [("en", "40K"), ("zh_Hans_CN", "4万")])
def test_large_figures_are_short_beside_the_scale_in_the_readers_language(language, words):
    shown = drawn(["May"], ("Sold", [40_000]), fmt=formats(language))

    assert shown.ticks[0][1] == words


def test_nothing_at_all_is_drawn_too():
    assert bars(drawn(["May"], ("Sold", [0]))) == [(100, 0)]
    assert drawn([], ("Sold", [])).chart.empty
    assert drawn(["May"]).chart.empty


def test_of_many_names_as_many_stand_below_as_there_is_room_for():
    shown = drawn([f"week {n}" for n in range(30)], ("Sold", list(range(30))))

    named = [name for name in shown.names if name.text]
    assert len(named) == 8
    assert [name.wide for name in named] == [False, True] * 4


def test_a_line_is_broken_where_a_figure_is_missing_and_a_band_is_filled():
    shown = drawn(
        ["1", "2", "3", "4"],
        ("Sold", [4, None, 2, 0]), ("Low", [None, None, 1, 1], (), "low"),
        ("High", [None, None, 3, 4], (), "high"),
        shape="line",
    )  # fmt: skip

    assert shown.strokes[0].path == "M12.5 0.0M62.5 50.0L87.5 100.0"
    assert [one.look for one in shown.strokes] == ["s0", "edge", "edge"]
    assert shown.band == "M62.5 25.0L87.5 0.0L87.5 75.0L62.5 75.0Z"
    # What is missing has no mark, and the edges have none.
    assert [len(column.parts) for column in shown.columns] == [1, 0, 1, 1]
    assert shown.columns[1].told == "2"
    assert shown.columns[2].told == "3\nSold: 2 kg\nLow: 1 kg\nHigh: 3 kg"


def test_the_pieces_of_a_ring_meet_and_close_it():
    shown = drawn(["A", "B", "C"], ("Sold", [50, 25, 25]), shape="pie")

    ends = [re.findall(r"\d+\.\d{2} \d+\.\d{2}", column.parts[0].path) for column in shown.columns]
    assert ends[0][0] == ends[-1][-1] == "50.00 12.00"
    assert [one[-1] for one in ends[:-1]] == [one[0] for one in ends[1:]]
    assert shown.columns[0].told == "A\n50 kg · 50 %"
    assert shown.legend[0] == ("s0", "A", "50 kg")


def test_a_widget_names_its_months_and_dates_in_the_readers_language():
    facts = {"labels": [202611, dt.date(2026, 11, 29)], "series": [{"name": "x", "data": [1.5, 2]}]}

    chart = of_facts(facts, ENGLISH)

    assert chart.labels == ["Nov 2026", "Nov 29, 2026"]
    assert [part.text for parts in chart.parts for part in parts] == ["1.5", "2"]
    assert chart.shape == "bar"
