"""A file as rows of text: CSV, a spreadsheet, or JSON; refused before it can do harm."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.spreadsheets import as_typed

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 1_000_000
#: A spreadsheet is a zip: so many files, so large, packed so tightly at most.
MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO = 2_000, 512 * 1024 * 1024, 200
#: What stands in quotation marks, with commas that divide nothing.
QUOTED = re.compile(r'"[^"\n]*"')
SHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


@dataclass
class Table:
    """What a file says: heads with rows of text and their line numbers, or documents as JSON."""

    heads: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    documents: list[dict[str, Any]] | None = None


def read_table(name: str, data: bytes) -> Table:
    """Read a file by the ending of its name."""
    if len(data) > MOST_BYTES:
        raise BadQuery(_("The file is larger than %(most)s MB.", most=MOST_BYTES // 1024**2))
    name = name.lower()
    if name.endswith(".json"):
        return _json(data)
    lines = _sheet(data) if name.endswith(SHEETS) else _csv(data)
    if len(lines) > MOST_ROWS:
        raise BadQuery(_("The file has more than %(most)s rows.", most=MOST_ROWS))
    if not lines:
        raise BadQuery(_("The file is empty."))
    heads = [head.strip() for head in lines[0]]
    rows = [(n, row) for n, row in enumerate(lines[1:], 2) if any(c.strip() for c in row)]
    return Table(heads, rows)


def _csv(data: bytes) -> list[list[str]]:
    text = _decode(data)
    # The heads tell: in the rows a comma may stand within numbers.
    head = QUOTED.sub("", text.lstrip().partition("\n")[0])
    delimiter = max("\t;,", key=head.count) if any(c in head for c in "\t;,") else "\t"
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [[as_typed(cell) for cell in row] for row in rows]
    except csv.Error as error:
        raise BadQuery(_("The file is no readable CSV: %(why)s.", why=str(error))) from None


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadQuery(_("The file is neither UTF-8 nor GB 18030 text."))


def _sheet(data: bytes) -> list[list[str]]:
    import python_calamine

    _check_zip(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python()
    except Exception:
        raise BadQuery(_("The file is no readable spreadsheet.")) from None
    return [[_cell(value) for value in row] for row in rows]


def _check_zip(data: bytes) -> None:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return  # an old .xls is no zip
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        members = packed.infolist()
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > MOST_MEMBERS
        or unpacked > MOST_UNPACKED
        or unpacked > MOST_RATIO * max(len(data), 1)
    ):
        raise BadQuery(_("The spreadsheet is too large when unpacked."))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _json(data: bytes) -> Table:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        raise BadQuery(_("The file is no readable JSON.")) from None
    items = said.get("items") if isinstance(said, dict) else said
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadQuery(_("A JSON file holds a list of objects, or an object with “items”."))
    heads = list(dict.fromkeys(name for item in items for name in item))
    return Table(heads, documents=items)
