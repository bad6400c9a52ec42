"""Measured values out of a spreadsheet: a row for each piece, a column for each characteristic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus

from dougong import Refused, Text, UnitOfWork, _
from dougong.resources.exchange import Table
from dougong_production.inspections.models import Inspection, Result, read_values
from dougong_production.quality_plans.models import Characteristic

#: Columns that only number the pieces.
PIECES = {
    "",
    "#",
    "n",
    "no",
    "no.",
    "nr",
    "nr.",
    "piece",
    "sample",
    "序号",
    "编号",
    "件号",
    "件",
    "样本",
}
GOOD = {"ok", "good", "yes", "y", "pass", "passed", "true", "合格", "好", "是", "良", "√", "✓"}
BAD = {
    "nok",
    "ng",
    "bad",
    "no",
    "n",
    "fail",
    "failed",
    "false",
    "不合格",
    "坏",
    "否",
    "不良",
    "×",
    "x",
}
#: So many mistakes are named at once.
MOST_NAMED = 20


class BadRows(Refused):
    """Some rows of the table cannot be taken; nothing was."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, rows: Sequence[Text | str], count: int) -> None:
        super().__init__(
            _(
                "Nothing was taken over: %(count)s mistakes. %(rows)s",
                count=count,
                rows=" ".join(str(row) for row in rows),
            )
        )
        self.rows = list(rows)


@dataclass
class _Reading:
    """What was read so far, and what is wrong with it."""

    inspection: Inspection
    mistakes: list[Text | str] = field(default_factory=list)
    values: dict[int, list[Decimal]] = field(default_factory=dict)
    bad: dict[int, int] = field(default_factory=dict)

    def wrong(self, sentence: Text | str) -> None:
        """Remember what is wrong, once."""
        if str(sentence) not in map(str, self.mistakes):
            self.mistakes.append(sentence)


def take_over(uow: UnitOfWork, id: int, table: Table, *, replace: bool = False) -> int:
    """Put the values of a table into an inspection, all or nothing; returns how many there were.

    The first row names the characteristics; a table without heads has a column for each
    characteristic in the order of the plan. Values come behind those that are there; ``replace``
    puts them in their place. Raises `BadRows` with a sentence for each row that is wrong.
    """
    uow.require("production.inspection.write")
    inspection = uow.get(Inspection, id, Inspection.results, lock=True)
    inspection.must_be_open()
    results = uow.load(Result, [one.id for one in inspection.results], Result.characteristic)
    reading = _Reading(inspection)
    columns, rows = _columns(reading, table, results)
    if not rows:
        reading.wrong(_("There are no values below the heads."))
    elif not columns:
        reading.wrong(_("No column is a characteristic of this inspection."))
    for place, result in columns.items():
        _read(reading, result, _cells(rows, place), replace=replace)
    if reading.mistakes:
        raise BadRows(reading.mistakes[:MOST_NAMED], len(reading.mistakes))
    for result in columns.values():
        if result.characteristic.kind == "numeric":
            before = [] if replace else result.numbers()
            result.keep([*before, *reading.values[result.id]])
        else:
            result.nonconforming = reading.bad[result.id]
    uow.touch(inspection)
    return sum(len(values) for values in reading.values.values()) + len(reading.bad)


def _columns(
    reading: _Reading, table: Table, results: Sequence[Result]
) -> tuple[dict[int, Result], list[tuple[int, list[str]]]]:
    """Which column is which characteristic, and the rows with their numbers in the spreadsheet."""
    ordered = sorted(results, key=lambda one: one.position)
    heads = [_plain(head) for head in table.heads]
    if all(_is_number(head) for head in heads) and len(heads) == len(ordered):
        return dict(enumerate(ordered)), [(1, table.heads), *table.rows]
    known = {name: one for one in ordered for name in _names(one.characteristic)}
    columns: dict[int, Result] = {}
    for place, head in enumerate(heads):
        result = known.get(head)
        if result is None:
            if head not in PIECES:
                reading.wrong(
                    _(
                        "Row 1: “%(head)s” is not a characteristic of this inspection; it has"
                        " %(known)s.",
                        head=table.heads[place],
                        known=", ".join(one.characteristic.name for one in ordered),
                    )
                )
        elif result in columns.values():
            reading.wrong(_("Row 1: “%(head)s” stands there twice.", head=table.heads[place]))
        else:
            columns[place] = result
    return columns, table.rows


def _names(of: Characteristic) -> list[str]:
    name = _plain(of.name)
    return [
        name,
        *(f"{name} {left}{_plain(of.unit)}{right}" for left, right in ("()", "[]") if of.unit),
    ]


def _plain(text: str) -> str:
    return " ".join(text.replace("（", " (").replace("）", ")").casefold().split())


def _is_number(text: str) -> bool:
    try:
        return bool(read_values(text, "")) and " " not in text
    except Refused:
        return False


def _cells(rows: Sequence[tuple[int, list[str]]], place: int) -> list[tuple[int, str]]:
    """A column without what is empty at its end."""
    cells = [(n, row[place].strip() if place < len(row) else "") for n, row in rows]
    while cells and not cells[-1][1]:
        cells.pop()
    return cells


def _read(
    reading: _Reading, result: Result, cells: list[tuple[int, str]], *, replace: bool
) -> None:
    of, sample = result.characteristic, reading.inspection.sample_size
    there = 0 if replace or of.kind != "numeric" else len(result.numbers())
    for n, _cell in cells[max(0, sample - there):]:  # fmt: skip
        reading.wrong(
            _(
                "Row %(row)s: the sample has %(sample)s pieces, %(there)s of them entered already.",
                row=n,
                sample=sample,
                there=there,
            )
        )
    if of.kind == "numeric":
        reading.values[result.id] = [
            value for n, cell in cells if (value := _number(reading, of, n, cell)) is not None
        ]
        return
    if len(cells) < sample:
        sentence = _(
            "%(characteristic)s: %(has)s of %(sample)s pieces are there; such a count needs all of"
            " them.",
            characteristic=of,
            has=len(cells),
            sample=sample,
        )
        reading.wrong(sentence)
    count = _verdict if of.kind == "yes_no" else _faults
    reading.bad[result.id] = sum(count(reading, of, n, cell) for n, cell in cells)


def _number(reading: _Reading, of: Characteristic, n: int, cell: str) -> Decimal | None:
    try:
        values = read_values(cell, of)
    except Refused:
        values = []
    if len(values) == 1:
        return values[0]
    reading.wrong(_mistake(of, n, cell))
    return None


def _verdict(reading: _Reading, of: Characteristic, n: int, cell: str) -> int:
    word = _plain(cell)
    if word not in GOOD | BAD:
        reading.wrong(_mistake(of, n, cell))
    return int(word in BAD)


def _faults(reading: _Reading, of: Characteristic, n: int, cell: str) -> int:
    if cell.isascii() and cell.isdigit() and len(cell) < 6:
        return int(cell)
    reading.wrong(_mistake(of, n, cell))
    return 0


def _mistake(of: Characteristic, n: int, cell: str) -> Text | str:
    facts = {"row": n, "characteristic": of, "cell": cell[:40]}
    if not cell:
        return _("Row %(row)s, %(characteristic)s: the cell is empty.", **facts)
    if of.kind == "numeric":
        return _("Row %(row)s, %(characteristic)s: “%(cell)s” is not a number.", **facts)
    if of.kind == "yes_no":
        return _("Row %(row)s, %(characteristic)s: “%(cell)s” is neither “ok” nor “bad”.", **facts)
    return _("Row %(row)s, %(characteristic)s: “%(cell)s” is not a number of faults.", **facts)
