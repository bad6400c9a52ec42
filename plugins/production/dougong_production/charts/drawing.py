"""A control chart as a picture that needs no script: lines, points and marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

from dougong import Text
from dougong_production.charts.control import Chart
from dougong_production.charts.rules import RULES, violations

WIDTH, HEIGHT, EDGE = 720, 220, 28
#: Room on the right for what the lines stand at.
BESIDE = 92


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the picture, and of the table beside it."""

    x: float
    y: float
    label: str
    value: float
    lower: float
    centre: float
    upper: float
    broken: tuple[Text | str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template draws."""

    name: Text | str
    marks: tuple[Mark, ...]
    line: str
    centre: str
    lower: str
    upper: str
    #: What the lines stand at on the right: height, sign and number.
    levels: tuple[tuple[float, str, str], ...] = ()
    #: Digits behind the point that tell the limits apart.
    digits: int = 0

    @property
    def signs(self) -> list[Mark]:
        """The points at which something is wrong."""
        return [mark for mark in self.marks if mark.broken]


def picture(
    chart: Chart, labels: Iterable[str], rules: str = "nelson", run: int | None = None
) -> Picture:
    """The chart, laid out."""
    points = chart.points
    low = min(min(p.value, p.lower) for p in points)
    high = max(max(p.value, p.upper) for p in points)
    span = (high - low) or 1.0
    step = (WIDTH - EDGE - BESIDE) / max(1, len(points) - 1)

    def across(n: int) -> float:
        return round(EDGE + n * step, 1)

    def down(value: float) -> float:
        return round(HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE), 1)

    broken: dict[int, list[Text | str]] = {}
    for place, rule in violations(chart, rules, run):
        broken.setdefault(place, []).append(RULES[rule])
    places = digits(chart)
    names = [*labels, *[""] * len(points)]
    marks = tuple(
        Mark(
            across(n), down(p.value), names[n], p.value, p.lower, p.centre, p.upper,
            tuple(broken.get(n, ())),
        )
        for n, p in enumerate(points)
    )  # fmt: skip

    def path(values: Iterable[float]) -> str:
        return " ".join(f"{across(n)},{down(value)}" for n, value in enumerate(values))

    return Picture(
        name=chart.name,
        marks=marks,
        line=path(p.value for p in points),
        centre=path(p.centre for p in points),
        lower=path(p.lower for p in points),
        upper=path(p.upper for p in points),
        levels=tuple(
            (down(value) + 4, sign, f"{value:.{places}f}")
            for sign, value in (
                ("UCL", points[-1].upper), ("CL", points[-1].centre), ("LCL", points[-1].lower),
            )
        ),
        digits=places,
    )  # fmt: skip


def digits(chart: Chart) -> int:
    """How many digits behind the point show a hundredth of the distance between the limits."""
    last = chart.points[-1]
    span = abs(last.upper - last.lower) or abs(last.value)
    return min(8, max(0, 2 - floor(log10(span)))) if span > 0 else 0
