"""Files that people open in a spreadsheet: no text starts a formula, no number loses a digit."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

#: What a file of each kind is called on its way.
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: A cell that begins so would be calculated by a spreadsheet instead of shown.
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
#: Put before such a text; before one that has it by itself once more, so that it can be taken off.
MARK = "'"
#: Digits that a spreadsheet keeps of a number.
DIGITS = 15
#: For the writer of spreadsheets: a text stays a text.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def inert(text: str) -> str:
    """A text that a spreadsheet shows as it is, whoever typed it."""
    return MARK + text if text.lstrip(MARK).startswith(SIGNS) else text


def as_typed(cell: str) -> str:
    """The text behind a cell that `inert` has marked, when the file comes back."""
    marked = cell.startswith(MARK) and cell.lstrip(MARK).startswith(SIGNS)
    return cell[len(MARK) :] if marked else cell


def holds(value: Any) -> bool:
    """Whether a spreadsheet can hold this number as it is."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        return False
    return len(Decimal(value).normalize().as_tuple().digits) <= DIGITS


def write_csv(heads: Iterable[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows under their heads; the mark in front tells spreadsheets that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([inert(head) for head in heads])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def _cell(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes")
    if value is None or isinstance(value, int | dt.date):
        return value
    return inert(str(value))
