"""The pivot of a list, and its graph: axes and figures as the reader chooses them; also as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Response, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dougong import spreadsheets
from dougong.errors import NotFound
from dougong.i18n import _, listed
from dougong.resources import lists, pivots
from dougong.resources.exchange.exporting import write
from dougong.resources.pivots import declared
from dougong.resources.purses import Purse
from dougong.web.charts import SHAPES, Chart, of_pivot
from dougong.web.resources.common import find, pages, reading
from dougong.web.resources.grouped import inside
from dougong.web.rights import signed_in
from dougong.web.shell import with_query

if TYPE_CHECKING:
    from dougong.resources.sight import Sight


@dataclass(frozen=True)
class Line:
    """A row of the page; its figures lead to the documents that they sum up."""

    name: str
    way: str
    #: (text, the way to its documents), measure by measure within a column.
    cells: list[tuple[str, str]]
    totals: list[str]
    level: int
    at: str
    outer: bool


def wanted(sight: Sight, *, graph: bool = False) -> pivots.Asked:
    """What the address asks for; a graph has one level and, unless asked, no second axis."""
    args = request.args
    rows = [by for part in args.getlist("rows") for by in part.split(",")]
    columns, sums = args.get("cols", ""), args.getlist("sum")
    if graph:
        rows, columns, sums = rows[:1], columns or "none", sums[:1]
    return pivots.asked(sight, declared(sight), rows, columns, sums)


def pivoted(session: Session, query: lists.Query) -> dict[str, Any]:
    """What the page of a pivot shows."""
    sight = query.sight
    board = wanted(sight)
    table = pivots.pivot(session, query, board, g.fmt)
    figures = [_figure_words(sight, name) for name in board.sums]
    chart = request.args.get("show") == "chart"
    return _shared(sight, board, table) | {
        "figures": figures,
        "measure": listed(figures),
        "lines": list(_lines(table)),
        "totals": [
            table.show(at, value, g.fmt)
            for key, _name in table.columns
            for at, value in enumerate(table.column_total(key))
        ],
        "total": [table.show(at, value, g.fmt) for at, value in enumerate(table.total)],
        "chart": _chart(table, "bar") if chart else None,
    }


def graphed(session: Session, query: lists.Query) -> dict[str, Any]:
    """What the page of a graph shows: the drawing, and its figures as a table."""
    sight = query.sight
    board = wanted(sight, graph=True)
    table = pivots.pivot(session, query, board, g.fmt)
    shape = request.args.get("show", "")
    shape = shape if shape in SHAPES else "bar"
    measure = _figure_words(sight, board.sums[0])
    return _shared(sight, board, table) | {
        "shape": shape,
        "figures": [measure],
        "measure": measure,
        "lines": list(_lines(table)),
        "chart": _chart(table, shape, measure),
    }


def _shared(sight: Sight, board: pivots.Asked, table: pivots.Table) -> dict[str, Any]:
    axes, sums = pivots.choices(sight, declared(sight))
    return {
        "table": table,
        "rows": board.rows,
        "columns": board.columns or "none",
        "sums": board.sums,
        "axes": [(by, axis_words(sight, by)) for by in axes],
        "measures": [(n or pivots.RECORDS, _figure_words(sight, n)) for n in sums],
        "chosen": [n or pivots.RECORDS for n in board.sums],
        "turned": _address(rows=[board.columns or board.rows[0]], cols=[board.rows[0]]),
    }


def _address(**lists_: list[str]) -> str:
    """This page's query with some parameters given anew, each as often as it has values."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in lists_ and v]
    return urlencode([*kept, *((k, v) for k, values in lists_.items() for v in values)])


def _figure_words(sight: Sight, name: str) -> str:
    return str(sight.fields[name].label if name else _("Records"))


def axis_words(sight: Sight, by: str) -> str:
    """What one side of a pivot is called."""
    name, _colon, cut = by.partition(":")
    words = {"month": _("month"), "year": _("year")}
    label = str(sight.fields[name].label)
    return str(_("%(field)s (%(cut)s)", field=label, cut=words[cut])) if cut in words else label


def _lines(table: pivots.Table) -> Any:
    counts = [0, 0]
    for row in table.rows:
        level = len(row.keys) - 1
        counts[level] += 1
        if level == 0:
            counts[1] = 0
        at = ".".join(str(n) for n in counts[: level + 1])
        outer = level + 1 < len(table.rows_by)
        yield _line(table, row, level, at, outer)


def _line(table: pivots.Table, row: pivots.Row, level: int, at: str, outer: bool) -> Line:
    side: dict[str, Any] | None = {}
    for axis, key in zip(table.rows_by, row.keys, strict=False):
        part = inside(axis.field, axis.cut, key)
        side = side | part if side is not None and part else None
    cells: list[tuple[str, str]] = []
    for column, _name in table.columns:
        figures = table.cells[row.keys].get(column)
        top = (
            inside(table.columns_by.field, table.columns_by.cut, column) if table.columns_by else {}
        )
        known = side is not None and (table.columns_by is None or top)
        way = _listed((side or {}) | top) if known and figures else ""
        for n in range(len(table.measures)):
            cells.append((table.show(n, figures[n], g.fmt), way) if figures else ("", ""))
    totals = [table.show(n, value, g.fmt) for n, value in enumerate(table.row_total(row.keys))]
    return Line(row.name, _listed(side) if side else "", cells, totals, level, at, outer)


def _listed(conditions: dict[str, Any]) -> str:
    """The query of the list that holds what fits."""
    shape = dict.fromkeys(("board", "rows", "cols", "sum", "show"))
    return with_query(**shape, **conditions)


def _chart(table: pivots.Table, shape: str, measure: str = "") -> Chart | None:
    """The drawing; each of its parts leads to the documents that it sums up."""
    if table.mixed:
        return None
    return of_pivot(table, shape, measure, g.fmt, lambda c: f"{request.path}?{_listed(c)}")


@pages.get("/<plugin>/<slug>/pivot.<kind>")
@signed_in
def export_pivot(plugin: str, slug: str, kind: str) -> ResponseReturnValue:
    """The pivot as seen, as a file."""
    noun, sight = find(plugin, slug)
    if kind not in ("csv", "xlsx"):
        raise NotFound(_("kind of file"), kind)
    query = lists.parse(request.args, sight)
    if not pivots.choices(sight, declared(sight))[0]:
        raise NotFound(_("board"), slug)
    board = wanted(sight)
    with reading() as session:
        table = pivots.pivot(session, query, board, g.fmt)
    figures = [_figure_words(sight, name) for name in board.sums]
    several = len(figures) > 1
    heads = [str(axis.field.label) for axis in table.rows_by]
    for name in [*(n for _key, n in table.columns), str(_("Total"))]:
        heads += [f"{name} {figure}".strip() if several else name for figure in figures]
    answer = Response(write(heads, _file_rows(table), kind), content_type=spreadsheets.TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{noun.slug}-pivot.{kind}"'
    return answer


def _file_rows(table: pivots.Table) -> list[list[Any]]:
    """The innermost rows, each with the names of all levels: a spreadsheet sums them itself."""
    names: dict[tuple[Any, ...], str] = {row.keys: row.name for row in table.rows}

    def told(figures: list[Any]) -> list[Any]:
        return [v.show(g.fmt) if isinstance(v, Purse) else v for v in figures]

    found: list[list[Any]] = []
    for row in table.rows:
        if len(row.keys) < len(table.rows_by):
            continue
        line: list[Any] = [names[row.keys[: n + 1]] for n in range(len(row.keys))]
        for key, _name in table.columns:
            line += told(table.cells[row.keys].get(key) or [None] * len(table.measures))
        found.append([*line, *told(table.row_total(row.keys))])
    return found
