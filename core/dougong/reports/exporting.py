"""A report as a file: CSV for programs, XLSX for people; formulas are taken as text."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dougong.reports.declared import Column
from dougong.reports.running import Answer
from dougong.spreadsheets import PLAIN, holds, write_csv

_FORMATS = {
    "amount": "#,##0.00",
    "quantity": "#,##0.######",
    "number": "#,##0.######",
    "percent": "0.##",
}


def to_csv(answer: Answer) -> bytes:
    """The lines with their heads."""
    columns = answer.report.columns
    return write_csv(
        (str(column.label) for column in columns),
        ([line.values.get(column.name) for column in columns] for line in answer.lines),
    )


def to_xlsx(answer: Answer) -> bytes:
    """The lines on one sheet, with sums below, numbers as numbers, dates as dates."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    sheet = book.add_worksheet(_sheet_name(str(answer.report.label)))
    formats = {
        (kind, bold): book.add_format({"num_format": pattern, "bold": bold})
        for kind, pattern in {**_FORMATS, "date": "yyyy-mm-dd", "text": "@"}.items()
        for bold in (False, True)
    }
    columns = answer.report.columns
    for at, column in enumerate(columns):
        sheet.write_string(0, at, str(column.label), formats["text", True])
        sheet.set_column(at, at, 40 if column.kind == "text" and at < 2 else 16)
    sheet.freeze_panes(1, 0)
    for row, line in enumerate(answer.lines, 1):
        _write_row(sheet, row, columns, line.values, formats, bold=line.bold)
    if answer.totals:
        _write_row(sheet, len(answer.lines) + 1, columns, answer.totals, formats, bold=True)
    book.close()
    return out.getvalue()


def to_json(answer: Answer) -> dict[str, Any]:
    """The lines as JSON can say them: exact numbers as text, dates as ISO dates."""
    names = [column.name for column in answer.report.columns]
    return {
        "report": answer.report.name,
        "parameters": _told(answer.parameters),
        "columns": [
            {"name": c.name, "label": str(c.label), "kind": c.kind} for c in answer.report.columns
        ],
        "lines": [
            {
                **_told({name: line.values.get(name) for name in names}),
                "_level": line.level,
                "_bold": line.bold,
                "_drill": line.drill or None,
            }
            for line in answer.lines
        ],
        "totals": _told(answer.totals),
    }


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in values.items()}


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if value is None or isinstance(value, bool | int):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _write_row(
    sheet: Any,
    row: int,
    columns: Sequence[Column],
    values: Mapping[str, Any],
    formats: Mapping[tuple[str, bool], Any],
    *,
    bold: bool,
) -> None:
    for at, column in enumerate(columns):
        value, style = values.get(column.name), formats[column.kind, bold]
        if value is None:
            continue
        if holds(value):
            sheet.write_number(row, at, value, style)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, at, value, style)
        else:
            sheet.write_string(row, at, str(value), style)


def _sheet_name(label: str) -> str:
    allowed: Iterable[str] = (sign for sign in label if sign not in "[]:*?/\\'")
    return "".join(allowed)[:31] or "Report"
