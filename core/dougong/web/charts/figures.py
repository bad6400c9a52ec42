"""What a chart shows, with the way from each of its parts to what it is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from babel.dates import format_skeleton

from dougong.i18n import _
from dougong.web.resources.grouped import inside

if TYPE_CHECKING:
    from dougong.resources.formats import Formats
    from dougong.resources.pivots import Table

#: Bars beside one another that can still be told apart; the most there are names for below.
MOST_SERIES, MOST_BARS = 8, 24
SHAPES = ("bar", "line", "pie")
#: From what holds in a part to the address of its list.
Way = Callable[[dict[str, Any]], str]


class Series(NamedTuple):
    """Figures of one name, label by label; None is a gap."""

    name: str
    values: Sequence[Any]
    ways: Sequence[str] = ()
    #: ``low`` or ``high``: the edge of a band that is filled.
    band: str = ""


@dataclass(frozen=True)
class Part:
    """One figure, as it is told to everybody, and the address of what it sums up."""

    name: str
    text: str
    way: str


@dataclass(frozen=True)
class Chart:
    """What is drawn: labels from left to right, and for each a figure of every series."""

    shape: str
    labels: Sequence[str]
    series: Sequence[Series]
    #: By label, then by series.
    parts: Sequence[Sequence[Part]]
    #: What stands below the picture where labels are too long for it; empty: the labels.
    marks: Sequence[str] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not (self.labels and self.series)

    @property
    def leads(self) -> bool:
        """Whether any part leads somewhere."""
        return any(part.way for parts in self.parts for part in parts)

    @property
    def rows(self) -> list[tuple[str, Sequence[Part]]]:
        """The same as a table."""
        return list(zip(self.labels, self.parts, strict=True))


def plain(
    labels: Sequence[str], series: Sequence[Series], shape: str, say: Callable[[Any], str]
) -> Chart:
    """A chart of these figures, told by `say`."""

    def part(at: int, label: str, one: Series) -> Part:
        name = f"{label}, {one.name}" if len(series) > 1 else label
        value = one.values[at]
        way = one.ways[at] if at < len(one.ways) else ""
        return Part(name, "" if value is None else say(value), way)

    parts = [[part(at, label, one) for one in series] for at, label in enumerate(labels)]
    return Chart(shape if shape in SHAPES else "bar", labels, series, parts)


def of_facts(facts: Mapping[str, Any], fmt: Formats) -> Chart:
    """What widgets and the pages of plugins draw.

    ``{"labels": […], "series": [{"name": …, "data": […]}], "type": "bar"}``. A label is a text, a
    date, or a month as a number (202611); a figure is a number, or None for a gap. Two series
    with ``"band": "low"`` and ``"high"`` have what lies between them filled.
    """

    def named(label: Any) -> str:
        if isinstance(label, int):
            return str(fmt.month(label))
        return str(fmt.date(label) if isinstance(label, dt.date) else label)

    def mark(label: Any) -> str:
        if isinstance(label, dt.date):
            return format_skeleton("MMMd", label, locale=fmt.locale)
        return named(label)

    def say(value: Any) -> str:
        if isinstance(value, Decimal):
            return fmt.number(value, 2)
        if isinstance(value, float):
            return fmt.trimmed(Decimal(repr(value)), 3, group=True)
        return fmt.number(value, 0) if isinstance(value, int) else str(value)

    series = [
        Series(str(one["name"]), list(one["data"]), (), one.get("band", ""))
        for one in facts["series"]
    ]
    labels = facts["labels"]
    chart = plain([named(label) for label in labels], series, facts.get("type", ""), say)
    return replace(chart, marks=[mark(label) for label in labels])


def of_pivot(table: Table, shape: str, measure: str, fmt: Formats, way: Way) -> Chart:
    """The heaviest rows of a pivot as groups of bars, as lines, or as parts of a whole."""
    rows = [row for row in table.rows if len(row.keys) == 1][:MOST_BARS]
    sides = [inside(table.rows_by[0].field, table.rows_by[0].cut, row.keys[0]) for row in rows]

    def say(value: Any) -> str:
        return table.show(0, value, fmt)

    if shape == "pie":
        # A few large parts and the rest: thin slices tell nothing.
        few = rows[: MOST_SERIES - 1]
        values = [table.row_total(row.keys)[0] for row in few]
        ways = [way(side) if side else "" for side in sides[: len(few)]]
        labels = [row.name for row in few]
        if len(rows) > len(few) or table.cut_off:
            labels.append(str(_("Others")))
            values.append(table.total[0] - sum(values))
            ways.append("")
        return plain(labels, [Series(measure, values, ways)], shape, say)
    series: list[Series] = []
    for key, name in table.columns[-MOST_SERIES:]:
        axis = table.columns_by
        top = inside(axis.field, axis.cut, key) if axis else {}
        known = axis is None or bool(top)
        values = [table.cells[row.keys].get(key, [0])[0] for row in rows]
        ways = [way(side | top) if side and known else "" for side in sides]
        series.append(Series(name or measure, values, ways))
    return plain([row.name for row in rows], series, shape, say)
