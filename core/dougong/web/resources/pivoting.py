"""The pivot of a list: axes and sum as the reader chooses them, as a table, a chart or a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Response, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dougong import spreadsheets
from dougong.errors import NotFound
from dougong.i18n import _
from dougong.resources import lists, pivots
from dougong.resources.declare import Pivot
from dougong.resources.exchange.exporting import write
from dougong.web.resources.common import find, pages, reading
from dougong.web.resources.grouped import inside
from dougong.web.rights import signed_in
from dougong.web.shell import with_query

if TYPE_CHECKING:
    from dougong.resources.sight import Sight

#: Bars beside one another that can still be told apart; the most there are names for below.
MOST_SERIES, MOST_BARS = 8, 24


def pivoted(session: Session, query: lists.Query, declared: Pivot | None) -> dict[str, Any]:
    """What the page of a pivot shows."""
    sight, args = query.sight, request.args
    board = pivots.asked(
        sight, declared, args.get("rows", ""), args.get("cols", ""), args.get("sum")
    )
    table = pivots.pivot(session, query, board, g.fmt)
    axes, sums = pivots.choices(sight, declared)
    chart = request.args.get("show") == "chart"
    return {
        "table": table,
        "lines": [_line(table, row, name) for row, name in table.rows],
        "totals": [table.show(table.column_total(key), g.fmt) for key, _name in table.columns],
        "total": table.show(table.total, g.fmt),
        "measure": table.measure.label if table.measure else _("Records"),
        "rows": board.rows,
        "columns": board.columns,
        "sum": board.sum,
        "axes": [(by, _axis_words(sight, by)) for by in axes],
        "sums": [(n, str(sight.fields[n].label if n else _("Records"))) for n in sums],
        "chart": _chart(table) if chart else "",
    }


def _axis_words(sight: Sight, by: str) -> str:
    name, _colon, cut = by.partition(":")
    words = {"month": _("month"), "year": _("year")}
    label = str(sight.fields[name].label)
    return f"{label} ({words[cut]})" if cut in words else label


def _line(table: pivots.Table, row: Any, name: str) -> dict[str, Any]:
    """A row of the page; each figure leads to the documents that it sums up."""
    side = inside(table.rows_by.field, table.rows_by.cut, row)
    cells = []
    for column, _name in table.columns:
        value = table.cells[row].get(column)
        top = inside(table.columns_by.field, table.columns_by.cut, column)
        text = "" if value is None else table.show(value, g.fmt)
        cells.append((text, _listed(side | top) if side and top and text else ""))
    total = table.show(table.row_total(row), g.fmt)
    return {"name": name, "way": _listed(side) if side else "", "cells": cells, "total": total}


def _listed(conditions: dict[str, Any]) -> str:
    """The query of the list that holds what fits."""
    shape = dict.fromkeys(("board", "rows", "cols", "sum", "show"))
    return with_query(**shape, **conditions)


def _chart(table: pivots.Table) -> str:
    """The heaviest rows as groups of bars."""
    rows, columns = table.rows[:MOST_BARS], table.columns[-MOST_SERIES:]
    series = [
        {"name": name, "data": [str(table.cells[row].get(key, 0)) for row, _n in rows]}
        for key, name in columns
    ]
    labels = [name for _row, name in rows]
    return json.dumps({"labels": labels, "series": series, "type": "bar"}, ensure_ascii=False)


@pages.get("/<plugin>/<slug>/pivot.<kind>")
@signed_in
def export_pivot(plugin: str, slug: str, kind: str) -> ResponseReturnValue:
    """The pivot as seen, as a file."""
    noun, sight = find(plugin, slug)
    if kind not in ("csv", "xlsx"):
        raise NotFound(_("kind of file"), kind)
    query = lists.parse(request.args, sight)
    declared = next((b for b in noun.resource.boards if isinstance(b, Pivot)), None)
    if not pivots.choices(sight, declared)[0]:
        raise NotFound(_("board"), slug)
    args = request.args
    board = pivots.asked(
        sight, declared, args.get("rows", ""), args.get("cols", ""), args.get("sum")
    )
    with reading() as session:
        table = pivots.pivot(session, query, board, g.fmt)
    heads = [str(table.rows_by.field.label), *(n for _key, n in table.columns), str(_("Total"))]
    rows = [
        [name, *(table.cells[row].get(key) for key, _n in table.columns), table.row_total(row)]
        for row, name in table.rows
    ]
    answer = Response(write(heads, rows, kind), content_type=spreadsheets.TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{noun.slug}-pivot.{kind}"'
    return answer
