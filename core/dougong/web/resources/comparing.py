"""Two people changed one document: what each of them wrote, and the choice field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dougong.i18n import Text
from dougong.resources import documents
from dougong.resources.fields import Field, Link

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.web.resources.forms import FormEntry

#: The button that takes the chosen fields over, and what its radios are called.
TAKE, CHOICE = "take", "_take."
Names = Mapping[tuple[type[Any], Any], str]


@dataclass(frozen=True)
class Difference:
    """One field, or one table of lines, that the two of them left different."""

    name: str
    label: Text | str
    mine: Sequence[str]
    theirs: Sequence[str]
    #: Whether it was touched in this form: what was not is theirs unless one says otherwise.
    touched: bool


def differences(session: Session, entry: FormEntry, document: Any) -> list[Difference]:
    """Where the form and the stored document say different things."""
    noun, sight = entry.noun, entry.sight
    stored = documents.read(noun, document, sight)
    names = documents.labels(session, noun, [entry.values, stored], sight)
    found, now = [], entry.marks(entry.values)
    fields = sight.writable_own
    mine, theirs = documents.plain(fields, entry.values), documents.plain(fields, stored)
    for name, field in fields.items():
        if name in mine and mine[name] != theirs[name]:
            touched = entry.first.get(name) != now[name]
            yours, others = (
                [_said(entry, field, data[name], names)] for data in (entry.values, stored)
            )
            found.append(Difference(name, field.label, yours, others, touched))
    for name in noun.lines:
        fields = sight.line_fields(name, writing=True)
        rows = [
            [_row(fields, row) for row in data.get(name) or ()] for data in (entry.values, stored)
        ]
        if rows[0] != rows[1]:
            yours, others = (
                [_line(entry, fields, row, names) for row in data.get(name) or ()]
                for data in (entry.values, stored)
            )
            touched = entry.first.get(name) != now[name]
            found.append(Difference(name, _title(entry, name), yours, others, touched))
    return found


def take_theirs(entry: FormEntry, document: Any, chosen: Mapping[str, str]) -> None:
    """Put what is stored into the form, for the fields that were chosen so."""
    stored = documents.read(entry.noun, document, entry.sight)
    entry.first = entry.marks(stored)
    for control, side in chosen.items():
        name = control.removeprefix(CHOICE)
        if side != "theirs" or not control.startswith(CHOICE):
            continue
        if name in entry.noun.lines:
            fields = entry.sight.line_fields(name, writing=True)
            rows = stored[name]
            entry.keys[name] = [str(row["id"]) for row in rows]
            entry.values[name] = [{"id": r["id"]} | {k: r[k] for k in fields} for r in rows]
        elif name in entry.sight.writable_own:
            entry.values[name] = stored[name]
            entry.raw.pop(name, None)
            entry.errors.pop(name, None)


def _row(fields: Mapping[str, Field], row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": row.get("id")} | {k: v for k, v in documents.plain(fields, row).items() if v}


def _line(
    entry: FormEntry, fields: Mapping[str, Field], row: Mapping[str, Any], names: Names
) -> str:
    """A line in a few words: “Tenon set · Quantity 2 · Price 24.00”."""
    said = [(f, _said(entry, f, row.get(n), names)) for n, f in fields.items()]
    words = [text if isinstance(f, Link) else f"{f.label} {text}" for f, text in said if text]
    return " · ".join(words)


def _said(entry: FormEntry, field: Field, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, Link):
        return names.get((field.target, value), str(value))
    return field.show(value, entry.fmt)


def _title(entry: FormEntry, name: str) -> Text | str:
    parts = (part for part, _names in entry.sight.parts if getattr(part, "name", "") == name)
    return next((part.title for part in parts if part.title), name.capitalize())
