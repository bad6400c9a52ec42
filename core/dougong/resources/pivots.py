"""Pivots: sums, or counts, over axes that the reader chooses; one GROUP BY."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.resources import lists
from dougong.resources.declare import Pivot
from dougong.resources.fields import Day, Field, Flag, Link
from dougong.resources.joins import Joins
from dougong.resources.purses import Purse, currency_of, purses

if TYPE_CHECKING:
    from dougong.resources.formats import Formats
    from dougong.resources.sight import Sight

MOST_CELLS, MOST_ROWS, MOST_COLUMNS = 5000, 200, 24
#: Levels of rows, and figures beside one another.
MOST_LEVELS, MOST_FIGURES = 2, 4
#: What counting is called among the sums, inside and in an address.
COUNT, RECORDS = "", "records"


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


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see: rows by one or two fields, columns, and the figures."""

    rows: tuple[str, ...]
    #: Empty: the figures alone.
    columns: str
    sums: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row of the table: its keys from the outer level on, and what it is called."""

    keys: tuple[Any, ...]
    name: str


@dataclass
class Table:
    """The figures: one list a cell, in the order of the measures; outer rows sum their inner ones."""

    rows_by: tuple[Axis, ...]
    columns_by: Axis | None
    measures: tuple[Field | None, ...]
    rows: list[Row] = field(default_factory=list)
    columns: list[tuple[Any, str]] = field(default_factory=list)
    cells: dict[tuple[Any, ...], dict[Any, list[Any]]] = field(default_factory=dict)
    #: Whether there are amounts of several currencies: none is added to another, or drawn beside it.
    mixed: bool = False
    #: Whether rows or columns were left out.
    cut_off: bool = False

    def row_total(self, keys: tuple[Any, ...]) -> list[Any]:
        """The sums of a row."""
        return self._added(self.cells.get(keys, {}).values())

    def column_total(self, column: Any) -> list[Any]:
        """The sums of a column."""
        return self._added([self.cells.get((), {}).get(column, [])])

    @property
    def total(self) -> list[Any]:
        """The sums of everything."""
        return self.row_total(())

    def _added(self, cells: Iterable[list[Any]]) -> list[Any]:
        found: list[Any] = [0] * len(self.measures)
        for figures in cells:
            for at, value in enumerate(figures):
                found[at] += value
        return found

    def add(self, keys: tuple[Any, ...], column: Any, figures: Sequence[Any]) -> None:
        """Count figures in their row and in every row around it."""
        for level in range(len(keys) + 1):
            row = self.cells.setdefault(keys[:level], {})
            here = row.setdefault(column, [0] * len(self.measures))
            for at, value in enumerate(figures):
                here[at] += value

    def show(self, at: int, value: Any, fmt: Formats) -> str:
        """A figure of a measure as people read it."""
        measure = self.measures[at]
        return measure.show(value, fmt) if measure else fmt.number(value, 0)


def declared(sight: Sight) -> Pivot | None:
    """The pivot that the author declared, as far as these eyes see all of it."""
    found = next((b for b in sight.noun.resource.boards if isinstance(b, Pivot)), None)
    whole = found and all(sight.sees(name) for name in (found.rows, found.columns, found.sum))
    return found if whole else None


def choices(sight: Sight, board: Pivot | None) -> tuple[list[str], list[str]]:
    """By what there may be rows and columns, and what may be summed."""
    declared = [board.rows, board.columns] if board else []
    axes = sight.names(dict.fromkeys((*declared, *sight.noun.groups)))
    axes = [by for by in axes if not sight.fields[by.partition(":")[0]].many]
    sums = [*([board.sum] if board else []), *sight.noun.resource.totals]
    return axes, [*sight.names(dict.fromkeys(sums)), COUNT]


def asked(
    sight: Sight, board: Pivot | None, rows: Sequence[str], columns: str, sums: Sequence[str]
) -> Asked:
    """The pivot that is asked for; raises `BadQuery` for axes and sums that are not offered.

    Columns that are ``none`` are left out: the figures stand alone.
    """
    axes, known = choices(sight, board)
    rows = tuple(dict.fromkeys(by for by in rows if by))[:MOST_LEVELS] or (axes[0],)
    if columns != "none":
        columns = columns or next((by for by in axes if by not in rows), axes[0])
    counted = bool(sums) and not any(sums)
    sums = tuple(dict.fromkeys(COUNT if s == RECORDS else s for s in sums if s))[:MOST_FIGURES]
    sums = sums or ((COUNT,) if counted else (known[0],))
    for name, offered in (
        *((by, axes) for by in rows), (columns, [*axes, "none"]), *((s, known) for s in sums),
    ):  # fmt: skip
        if name not in offered:
            raise BadQuery(_("This list cannot be grouped by %(name)s.", name=name[:60]))
    return Asked(rows, "" if columns == "none" else columns, sums)


def pivot(session: Session, query: lists.Query, board: Asked, fmt: Formats) -> Table:
    """The table of a pivot: days in their order, other rows the heaviest first."""
    joins, fields = Joins(query.noun.model), query.sight.fields
    by = [*board.rows, *([board.columns] if board.columns else [])]
    axes = [Axis(b, fields[b.partition(":")[0]], b.partition(":")[2]) for b in by]
    keys = [axis.field.buckets(joins.column(axis.field), axis.cut) for axis in axes]
    titles = [
        func.max(joins.title(axis.field)) if isinstance(axis.field, Link) else literal(None)
        for axis in axes
    ]
    measures = tuple(fields[name] if name else None for name in board.sums)
    figures = [func.sum(joins.column(m)) if m else func.count() for m in measures]
    currency = currency_of(query.noun.model, measures)
    parted = [literal(None) if currency is None else currency]
    statement = select(*keys, *titles, *parted, *figures).where(*lists.conditions(query, joins))
    by_currency = () if currency is None else parted
    statement = joins.onto(statement.group_by(*keys, *by_currency)).limit(MOST_CELLS)
    deep, n = len(board.rows), len(axes)
    table = Table(tuple(axes[:deep]), axes[deep] if board.columns else None, measures)
    names: list[dict[Any, str]] = [{} for _axis in axes]
    every = session.execute(statement).all()
    codes = {found[2 * n] for found in every}
    table.mixed = len(codes) > 1
    for found in every:
        for at, axis in enumerate(axes):
            names[at][found[at]] = axis.called(found[at], found[n + at], fmt)
        values = [
            value or (Decimal(0) if m else 0)
            for value, m in zip(found[2 * n + 1 :], measures, strict=True)
        ]
        if table.mixed:
            values = purses(measures, values, found[2 * n])
        table.add(tuple(found[:deep]), found[deep] if board.columns else None, values)
    _arrange(table, names)
    return table


def _arrange(table: Table, names: list[dict[Any, str]]) -> None:
    deep = len(table.rows_by)
    below: dict[tuple[Any, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for keys in table.cells:
        if keys:
            below[keys[:-1]].append(keys)

    def walk(around: tuple[Any, ...]) -> None:
        axis = table.rows_by[len(around)] if len(around) < deep else None
        if axis is not None and isinstance(axis.field, Day):
            order = sorted(below[around], key=lambda k: (k[-1] is None, k[-1]))
        else:
            order = sorted(below[around], key=lambda k: -_weight(table.row_total(k)[0]))
        for keys in order:
            table.rows.append(Row(keys, names[len(keys) - 1][keys[-1]]))
            if len(keys) < deep:
                walk(keys)

    walk(())
    columns: Sequence[Any] = [None]
    if table.columns_by is not None:
        columns = _in_order(table.columns_by, names[deep])
    table.cut_off = len(table.rows) > MOST_ROWS or len(columns) > MOST_COLUMNS
    del table.rows[MOST_ROWS:]
    called = names[deep] if table.columns_by is not None else {None: ""}
    table.columns = [(column, called[column]) for column in columns[-MOST_COLUMNS:]]


def _weight(figure: Any) -> Any:
    return figure.weight if isinstance(figure, Purse) else figure


def _in_order(axis: Axis, names: dict[Any, str]) -> Sequence[Any]:
    """Names by the alphabet, everything else by its value; what is missing comes last."""
    if isinstance(axis.field, Link):
        return sorted(names, key=lambda key: (key is None, names[key]))
    return sorted(names, key=lambda key: (key is None, key))
