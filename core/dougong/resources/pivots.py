"""Pivots: sums, or counts, over two axes that the reader chooses; one GROUP BY."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.resources import lists
from dougong.resources.declare import Pivot
from dougong.resources.fields import Field, Flag, Link
from dougong.resources.joins import Joins

if TYPE_CHECKING:
    from dougong.resources.formats import Formats
    from dougong.resources.sight import Sight

MOST_CELLS, MOST_ROWS, MOST_COLUMNS = 5000, 200, 24
COUNT = ""


@dataclass(frozen=True)
class Axis:
    """One side of the table: ``ordered_on:month``."""

    by: str
    field: Field
    cut: str

    def called(self, key: Any, title: Any, fmt: Formats) -> str:
        """What one of its values is called."""
        if key is None:
            return "—"
        if isinstance(self.field, Link):
            return str(title)
        if isinstance(self.field, Flag):
            return str(_("yes") if key else _("no"))
        return self.field.bucket_text(key, self.cut, fmt) or "—"


@dataclass
class Table:
    """The figures: rows and columns as (key, name), cells by both keys."""

    rows_by: Axis
    columns_by: Axis
    measure: Field | None
    rows: list[tuple[Any, str]] = field(default_factory=list)
    columns: list[tuple[Any, str]] = field(default_factory=list)
    cells: dict[Any, dict[Any, Any]] = field(default_factory=dict)
    #: Whether rows or columns were left out.
    cut_off: bool = False

    def row_total(self, row: Any) -> Any:
        """The sum of a row."""
        return sum(self.cells[row].values())

    def column_total(self, column: Any) -> Any:
        """The sum of a column."""
        return sum(row.get(column, 0) for row in self.cells.values())

    @property
    def total(self) -> Any:
        """The sum of everything."""
        return sum(self.row_total(row) for row in self.cells)

    def show(self, value: Any, fmt: Formats) -> str:
        """A figure as people read it."""
        return self.measure.show(value, fmt) if self.measure else fmt.number(value, 0)


def choices(sight: Sight, board: Pivot | None) -> tuple[list[str], list[str]]:
    """By what there may be rows and columns, and what may be summed."""
    declared = [board.rows, board.columns] if board else []
    axes = sight.names(dict.fromkeys((*declared, *sight.noun.groups)))
    axes = [by for by in axes if not sight.fields[by.partition(":")[0]].many]
    sums = [*([board.sum] if board else []), *sight.noun.resource.totals]
    return axes, [*sight.names(dict.fromkeys(sums)), COUNT]


def asked(sight: Sight, board: Pivot | None, rows: str, columns: str, sum_: str | None) -> Pivot:
    """The pivot that is asked for; raises `BadQuery` for axes and sums that are not offered."""
    axes, sums = choices(sight, board)
    rows = rows or axes[0]
    columns = columns or next((by for by in axes[1:] if by != rows), axes[0])
    sum_ = sums[0] if sum_ is None else sum_
    for name, known in ((rows, axes), (columns, axes), (sum_, sums)):
        if name not in known:
            raise BadQuery(_("This list cannot be grouped by %(name)s.", name=name[:60]))
    return Pivot(sum=sum_, rows=rows, columns=columns)


def pivot(session: Session, query: lists.Query, board: Pivot, fmt: Formats) -> Table:
    """The table of a pivot: the heaviest rows first, the columns in their own order."""
    joins, fields = Joins(query.noun.model), query.sight.fields
    axes = [Axis(by, fields[by.partition(":")[0]], by.partition(":")[2])
            for by in (board.rows, board.columns)]  # fmt: skip
    keys = [axis.field.buckets(joins.column(axis.field), axis.cut) for axis in axes]
    titles = [
        func.max(joins.title(axis.field)) if isinstance(axis.field, Link) else literal(None)
        for axis in axes
    ]
    measure = fields[board.sum] if board.sum else None
    figure = func.sum(joins.column(measure)) if measure else func.count()
    statement = select(*keys, *titles, figure).where(*lists.conditions(query, joins))
    statement = joins.onto(statement.group_by(*keys)).limit(MOST_CELLS)
    table = Table(axes[0], axes[1], measure)
    cells: dict[Any, dict[Any, Any]] = defaultdict(dict)
    names: list[dict[Any, str]] = [{}, {}]
    for row, column, row_title, column_title, value in session.execute(statement):
        cells[row][column] = value or (Decimal(0) if measure else 0)
        names[0][row] = axes[0].called(row, row_title, fmt)
        names[1][column] = axes[1].called(column, column_title, fmt)
    table.cells = dict(cells)
    rows = sorted(cells, key=lambda row: -table.row_total(row))
    columns = _in_order(axes[1], names[1])
    table.cut_off = len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS
    table.rows = [(row, names[0][row]) for row in rows[:MOST_ROWS]]
    table.columns = [(column, names[1][column]) for column in columns[-MOST_COLUMNS:]]
    return table


def _in_order(axis: Axis, names: dict[Any, str]) -> Sequence[Any]:
    """Names by the alphabet, everything else by its value; what is missing comes last."""
    if isinstance(axis.field, Link):
        return sorted(names, key=lambda key: (key is None, names[key]))
    return sorted(names, key=lambda key: (key is None, key))
