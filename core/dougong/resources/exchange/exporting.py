"""Lists as seen, and documents as they can be imported again: CSV, XLSX, JSON."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.resources import documents, lists
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import called
from dougong.resources.fields import Field, Link, Number
from dougong.spreadsheets import PLAIN, holds, write_csv

if TYPE_CHECKING:
    from dougong.resources.formats import Formats
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

MOST_ROWS = 100_000
AT_ONCE = 500
Row = Sequence[Any]


def export(session: Session, query: lists.Query, fmt: Formats, kind: str) -> bytes:
    """The list as seen: the same columns, filters and order, in the reader's words."""
    documents.require_read(query.noun, query.sight)
    query.size = MOST_ROWS
    found, _following, _before = lists.rows(session, query)
    if kind == "json":
        return orjson.dumps(lists.as_json(query, found), option=orjson.OPT_INDENT_2)
    heads = [str(field.label) for field in query.columns]
    plan: list[tuple[int, Callable[[Any], Any], bool]] = []
    at = 1
    for field in query.columns:
        link = isinstance(field, Link)
        plan.append((at, _shower(field, fmt), link))
        at += 2 if link else 1
    body = (
        [called(row[at + 1], row[at]) if link and row[at] is not None
         else None if row[at] is None else show(row[at]) for at, show, link in plan]
        for row in found
    )  # fmt: skip
    return write(heads, body, kind)


def export_documents(
    session: Session, query: lists.Query, kind: str, *, most: int = MOST_ROWS
) -> bytes:
    """Documents with their lines under field names, so that they can be imported again."""
    noun, sight = query.noun, query.sight
    documents.require_read(noun, sight)
    query.columns, query.size = [], most
    found, _following, _before = lists.rows(session, query)
    keys = [row[0] for row in found]
    loaded = _loaded(session, noun, sight, keys)
    if kind == "json":
        said = [_as_json(noun, sight, data) for data, _names in loaded]
        return orjson.dumps(said, option=orjson.OPT_INDENT_2)
    own = list(sight.writable)
    if noun.identity != noun.key and noun.identity not in own:
        own.insert(0, noun.identity)
    parts = [(p, n) for p in noun.lines for n in sight.line_fields(p, writing=True)]
    heads = [noun.key, *(n for n in own if n != noun.key), *(f"{p}.{n}" for p, n in parts)]
    rows = (
        row
        for data, names in loaded
        for row in _rows(noun, sight, data, names, heads[1 : len(heads) - len(parts)], parts)
    )
    return write(heads, rows, kind)


def write(heads: Sequence[str], rows: Iterable[Row], kind: str) -> bytes:
    """Rows as a file."""
    if kind == "csv":
        return write_csv(heads, rows)
    if kind == "xlsx":
        return _xlsx(heads, rows)
    raise BadQuery(_("A list is exported as csv, xlsx or json."))


def _shower(field: Field, fmt: Formats) -> Callable[[Any], Any]:
    """Choices by their labels; numbers and dates stay what they are, so that one can reckon."""
    if field.kind == "choice":
        return lambda value: field.show(value, fmt)
    if getattr(field, "timed", False):
        return lambda value: value.astimezone(fmt.zone).replace(tzinfo=None)
    if isinstance(field, Number) and not field.whole:
        # With the places that matter, as the list and the API have them; still a number.
        return lambda value: Decimal(field.plain(value))
    return lambda value: value


def _xlsx(heads: Sequence[str], rows: Iterable[Row]) -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {**PLAIN, "constant_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        head = book.add_format({"bold": True, "bottom": 1})
        for column, text in enumerate(heads):
            sheet.write_string(0, column, str(text), head)
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write_cell(sheet, line, column, value, day, moment)
    return data.getvalue()


def _write_cell(sheet: Any, line: int, column: int, value: Any, day: Any, moment: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, Decimal | int):
        if holds(value):
            sheet.write_number(line, column, value)
        else:
            sheet.write_string(line, column, format(value, "f"))
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(line, column, value.replace(tzinfo=None), moment)
    elif isinstance(value, dt.date):
        sheet.write_datetime(line, column, value, day)
    else:
        sheet.write_string(line, column, str(value))


# -- documents -------------------------------------------------------------------------------------


def _loaded(
    session: Session, noun: Noun, sight: Sight, keys: Sequence[Any]
) -> Iterator[tuple[dict[str, Any], dict[Any, str]]]:
    """Documents in this order, some hundred at a time, with what linked ones are known by."""
    column = key_of(noun.model)
    options = [selectinload(part) for part in noun.loaded]
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        rows = session.scalars(select(noun.model).where(column.in_(part)).options(*options))
        by_key = {getattr(row, noun.key): row for row in rows}
        read = [
            {noun.key: key} | documents.read(noun, by_key[key], sight)
            for key in part
            if key in by_key
        ]
        names = _identities(session, noun, sight, read)
        for data in read:
            yield data, names
        session.expunge_all()


def _identities(
    session: Session, noun: Noun, sight: Sight, read: Sequence[dict[str, Any]]
) -> dict[Any, str]:
    """What linked documents are known by in files: their identity."""
    wanted: dict[Link, set[Any]] = {}
    for name, field in sight.own.items():
        if isinstance(field, Link):
            wanted[field] = {data[name] for data in read}
    for part in noun.lines:
        for name, field in sight.line_fields(part).items():
            if isinstance(field, Link):
                wanted[field] = {row[name] for data in read for row in data[part]}
    found: dict[Any, str] = {}
    for field, keys in wanted.items():
        column, named = key_of(field.target), getattr(field.target, field.noun.identity)
        rows = session.execute(select(column, named).where(column.in_(keys - {None})))
        found |= {(field.target, key): text for key, text in rows if text is not None}
    return found


def _rows(
    noun: Noun,
    sight: Sight,
    data: dict[str, Any],
    names: dict[Any, str],
    own: Sequence[str],
    parts: Sequence[tuple[str, str]],
) -> Iterator[list[Any]]:
    """A document's rows: the first with its own values, the others with lines only."""
    height = max([1, *(len(data[part]) for part in noun.typed_lines)])
    head = [data[noun.key], *(_said(sight.fields[name], data.get(name), names) for name in own)]
    for at in range(height):
        row = list(head) if at == 0 else [data[noun.key], *([None] * len(own))]
        for part, name in parts:
            lines = data[part]
            field = sight.line_fields(part)[name]
            row.append(_said(field, lines[at][name], names) if at < len(lines) else None)
        yield row


def _said(field: Field, value: Any, names: dict[Any, str]) -> Any:
    if isinstance(field, Link) and value is not None:
        return names.get((field.target, value), value)
    return value


def _as_json(noun: Noun, sight: Sight, data: dict[str, Any]) -> dict[str, Any]:
    said = documents.plain_document(noun, sight, data)
    own = [name.partition(".")[0] for name in sight.writable]
    found: dict[str, Any] = {noun.key: data[noun.key]}
    for name in (noun.identity, *own, *noun.typed_lines):
        if name != noun.key:
            found[name] = said.get(name)
    for part in noun.typed_lines:
        wanted = sight.line_fields(part, writing=True)
        found[part] = [
            {k: v for k, v in row.items() if k in wanted or k == "id"} for row in found[part]
        ]
    return found
