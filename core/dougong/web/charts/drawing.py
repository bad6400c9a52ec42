"""The picture of a chart: where its parts lie, in hundredths of its width and height.

The browser stretches it; nothing is measured there, and no script draws.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil, cos, floor, log10, pi, sin
from typing import TYPE_CHECKING

from dougong.web.charts.figures import Chart, Part, Series

if TYPE_CHECKING:
    from dougong.resources.formats import Formats

#: The share of a label's room that stays free beside its bars.
GAP = 0.25
#: Names that all stand below; of more, only so many do.
NAMES = 8
#: Points of a line that are marked; more would hide it.
MARKS = 31
#: Lines of the scale, about.
STEPS = 4
#: Colours that can be told apart.
COLOURS = 8
#: Middle line of a ring in a square of a hundred, and where it begins: at the top.
RADIUS, TOP = 38.0, -pi / 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part with its place: a bar, the mark of a line, or a piece of a ring."""

    part: Part
    #: Which of the eight colours.
    colour: int
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    #: The room in which a pointer finds it.
    left: float = 0
    room: float = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """All parts of a label, and what is told of them."""

    x: float
    width: float
    told: str
    parts: Sequence[Drawn]


@dataclass(frozen=True, slots=True)
class Name:
    """What stands below a label, if anything; `wide`: only where there is room."""

    text: str
    wide: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through the figures of a series."""

    look: str
    path: str


@dataclass(frozen=True)
class Picture:
    """What the template draws."""

    chart: Chart
    columns: Sequence[Column]
    names: Sequence[Name] = ()
    few: bool = True
    #: The scale from the top down: its height and what stands there.
    ticks: Sequence[tuple[float, str]] = ()
    zero: float = 100
    strokes: Sequence[Stroke] = ()
    band: str = ""
    #: Colour and words; empty where they would tell nothing.
    legend: Sequence[tuple[str, str, str]] = ()


def picture(chart: Chart, fmt: Formats) -> Picture:
    """The chart, laid out for readers of this language."""
    if chart.empty:
        return Picture(chart, ())
    if chart.shape == "pie":
        return _ring(chart, fmt)
    scale = _Scale(chart)
    draw = _bars if chart.shape == "bar" else _marks
    wide = 100 / max(1, len(chart.labels))
    columns = [
        Column(_cut(at * wide), _cut(wide), _told(label, chart, parts), draw(chart, scale, at))
        for at, (label, parts) in enumerate(chart.rows)
    ]
    few = len(chart.labels) <= NAMES
    each = 1 if few else ceil(len(chart.labels) / NAMES)
    names = [
        Name(label if at % each == 0 else "", not few and at % (2 * each) != 0)
        for at, label in enumerate(chart.marks or chart.labels)
    ]
    lines = chart.shape == "line"
    return Picture(
        chart, columns, names, few, scale.ticks(fmt), scale.height(0),
        [_stroke(chart, scale, at) for at in range(len(chart.series))] if lines else (),
        _band(chart, scale) if lines else "",
        [(_look(one, at), one.name, "") for at, one in enumerate(chart.series)]
        if len(chart.series) > 1 else (),
    )  # fmt: skip


def _cut(value: float) -> float:
    return round(value, 2)


def _told(label: str, chart: Chart, parts: Sequence[Part]) -> str:
    if len(parts) == 1:
        return f"{label}\n{parts[0].text}"
    lines = [f"{one.name}: {p.text}" for one, p in zip(chart.series, parts, strict=True) if p.text]
    return "\n".join((label, *lines))


class _Scale:
    """From figures to heights: round steps around everything, and zero always in it."""

    def __init__(self, chart: Chart) -> None:
        figures = [float(v) for one in chart.series for v in one.values if v is not None]
        low, high = min([0, *figures]), max([0, *figures])
        counted = all(float(v).is_integer() for v in figures)
        rough = ((high - low) or 1) / STEPS
        unit = 10.0 ** floor(log10(rough))
        step = next(unit * n for n in (1, 2, 5, 10) if unit * n >= rough * 0.999)
        self.step = max(step, 1) if counted else step
        self.low, self.high = floor(low / self.step), max(ceil(high / self.step), 1)

    def height(self, value: object) -> float:
        """Where a figure lies, from the top."""
        above = self.high - float(value) / self.step  # type: ignore[arg-type]
        return _cut(above / (self.high - self.low) * 100)

    def ticks(self, fmt: Formats) -> list[tuple[float, str]]:
        """The lines of the scale with their figures, from the top."""
        digits = max(0, -floor(log10(self.step)))
        largest = max(-self.low, self.high) * self.step
        found = []
        for n in range(self.high, self.low - 1, -1):
            value = Decimal(repr(round(n * self.step, digits)))
            text = fmt.short(value) if largest >= 10_000 else fmt.number(value, digits)
            found.append((self.height(n * self.step), text))
        return found


def _bars(chart: Chart, scale: _Scale, at: int) -> list[Drawn]:
    wide = 100 / len(chart.labels)
    room = wide * (1 - GAP) / len(chart.series)
    zero, found = scale.height(0), []
    for n, (one, part) in enumerate(zip(chart.series, chart.parts[at], strict=True)):
        left = at * wide + wide * GAP / 2 + n * room
        end = scale.height(one.values[at] or 0)
        # A single bar of a wide card stays a bar.
        width = min(room * 0.94, 12)
        found.append(
            Drawn(
                part, n % COLOURS, _cut(left + (room - width) / 2), min(zero, end), _cut(width),
                _cut(abs(zero - end)), _cut(left), _cut(room),
            )
        )  # fmt: skip
    return found


def _marks(chart: Chart, scale: _Scale, at: int) -> list[Drawn]:
    wide = 100 / len(chart.labels)
    shown = len(chart.labels) <= MARKS
    return [
        Drawn(
            part, n % COLOURS, _cut((at + 0.5) * wide), scale.height(one.values[at]), 0, 0,
            _cut(at * wide), _cut(wide) if len(chart.series) == 1 else 0,
        )
        for n, (one, part) in enumerate(zip(chart.series, chart.parts[at], strict=True))
        if one.values[at] is not None and not one.band and (shown or part.way)
    ]  # fmt: skip


def _points(chart: Chart, scale: _Scale, values: Sequence[object]) -> list[str]:
    wide = 100 / len(chart.labels)
    return [
        "" if value is None else f"{_cut((at + 0.5) * wide)} {scale.height(value)}"
        for at, value in enumerate(values)
    ]


def _joined(points: Iterable[str]) -> str:
    """Lines from point to point, broken where there is none."""
    runs = (list(run) for there, run in groupby(points, bool) if there)
    return "".join("M" + "L".join(run) for run in runs)


def _stroke(chart: Chart, scale: _Scale, at: int) -> Stroke:
    one = chart.series[at]
    return Stroke(_look(one, at), _joined(_points(chart, scale, one.values)))


def _look(one: Series, at: int) -> str:
    """The style of a series: the edge of a band, or one of the eight colours."""
    return "edge" if one.band else f"s{at % COLOURS}"


def _band(chart: Chart, scale: _Scale) -> str:
    """What lies between the low and the high edge."""
    edges = {one.band: one.values for one in chart.series if one.band}
    if not {"low", "high"} <= edges.keys():
        return ""
    pairs = [
        None if None in pair else pair for pair in zip(edges["low"], edges["high"], strict=True)
    ]
    high = _points(chart, scale, [pair and pair[1] for pair in pairs])
    low = _points(chart, scale, [pair and pair[0] for pair in pairs])
    whole = [point for point in (*high, *reversed(low)) if point]
    return "M" + "L".join(whole) + "Z" if whole else ""


def _ring(chart: Chart, fmt: Formats) -> Picture:
    values = [max(0.0, float(v or 0)) for v in chart.series[0].values]
    whole, before, columns, legend = sum(values) or 1, 0.0, [], []
    for at, (value, (label, parts)) in enumerate(zip(values, chart.rows, strict=True)):
        path = _arc(before / whole, (before + value) / whole) if value else ""
        before += value
        share = fmt.number(Decimal(value / whole * 100), 0)
        told = f"{label}\n{parts[0].text} · {share} %"
        columns.append(Column(0, 0, told, [Drawn(parts[0], at % COLOURS, path=path)]))
        legend.append((f"s{at % COLOURS}", label, parts[0].text))
    return Picture(chart, columns, legend=legend)


def _arc(start: float, end: float) -> str:
    """A piece of the ring, from and to shares of the whole; a half at most in one go."""
    stops = [start, (start + end) / 2, end]
    points = [
        f"{50 + RADIUS * cos(TOP + 2 * pi * s):.2f} {50 + RADIUS * sin(TOP + 2 * pi * s):.2f}"
        for s in stops
    ]
    return f"M{points[0]}" + "".join(f"A{RADIUS} {RADIUS} 0 0 1 {p}" for p in points[1:])
