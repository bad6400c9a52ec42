"""A chart as the browser draws it, with the way from each of its parts to what it is made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
#: A name, its values, and the way of each.
Series = tuple[str, Sequence[Any], Sequence[str]]


@dataclass(frozen=True)
class Bar:
    """One part, as a screen reader and the keyboard meet it."""

    name: str
    text: str
    way: str
    #: Where the drawing has it: ``0.3``, the fourth of the first series.
    at: str


@dataclass(frozen=True)
class Chart:
    """What is drawn, as JSON; its parts; and the same as a table."""

    facts: str
    bars: list[Bar] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[Bar]]] = field(default_factory=list)


def plain(
    labels: Sequence[str], series: Sequence[Series], shape: str, say: Callable[[Any], str]
) -> Chart:
    """A chart of these figures, told by `say`."""
    facts = {
        "labels": list(labels),
        "series": [{"name": n, "data": [str(v) for v in values]} for n, values, _ways in series],
        "type": shape if shape in SHAPES else "bar",
        "ways": [list(ways) for _name, _values, ways in series],
    }
    rows: list[tuple[str, list[Bar]]] = []
    for at, label in enumerate(labels):
        bars = []
        for n, (name, values, ways) in enumerate(series):
            called = f"{label}, {name}" if len(series) > 1 else label
            way = ways[at] if at < len(ways) else ""
            bars.append(Bar(called, say(values[at]), way, f"{n}.{at}"))
        rows.append((label, bars))
    every = [bar for _label, bars in rows for bar in bars]
    heads = [name for name, _values, _ways in series]
    return Chart(json.dumps(facts, ensure_ascii=False), every, heads, rows)


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
        return plain(labels, [(measure, values, ways)], shape, say)
    series: list[Series] = []
    for key, name in table.columns[-MOST_SERIES:]:
        axis = table.columns_by
        top = inside(axis.field, axis.cut, key) if axis else {}
        known = axis is None or bool(top)
        values = [table.cells[row.keys].get(key, [0])[0] for row in rows]
        ways = [way(side | top) if side and known else "" for side in sides]
        series.append((name or measure, values, ways))
    return plain([row.name for row in rows], series, shape, say)
