"""The round trip of a form: try the entry out, derive, and read it back; nothing is stored."""

from __future__ import annotations

from typing import Any

from dougong.errors import Invalid
from dougong.resources import documents
from dougong.resources.documents.applying import new_row
from dougong.resources.problems import sentence
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources.forms import LINE, FormEntry, is_blank, payload

MOST_PASTED = 1000


def command(entry: FormEntry, do: str, text: str) -> None:
    """Do what a button of a line table says: ``add:lines``, ``remove:lines:12``, ``paste:lines:product``."""
    verb, _colon, rest = do.partition(":")
    name, _colon, key = rest.partition(":")
    if name not in entry.noun.lines:
        return
    keys, rows = entry.keys[name], entry.values[name]
    if verb == "add":
        keys.append(_next_key(keys))
        rows.append({})
    elif verb == "remove" and key in keys:
        at = keys.index(key)
        del keys[at], rows[at]
    elif verb == "paste":
        _paste(entry, name, key, text)


def _next_key(keys: list[str]) -> str:
    return f"n{1 + max([int(k[1:]) for k in keys if k.startswith('n')], default=-1)}"


def _paste(entry: FormEntry, name: str, first: str, text: str) -> None:
    """Rows of a spreadsheet: cells from the focused column on, a new line each."""
    keys, rows = entry.keys[name], entry.values[name]
    fields = entry.sight.line_fields(name, writing=True)
    order = list(fields)
    start = order.index(first) if first in order else 0
    if rows and is_blank(entry, name, keys[-1], rows[-1]):
        keys.pop()
        rows.pop()
    for line in text.splitlines()[:MOST_PASTED]:
        if not line.strip():
            continue
        key, row = _next_key(keys), {}
        for part, cell in zip(order[start:], line.split("\t"), strict=False):
            try:
                row[part] = fields[part].parse(cell, entry.fmt)
            except ValueError as error:
                control = f"{name}.{key}.{part}"
                entry.errors[control], entry.raw[control] = sentence(str(error)), cell
        keys.append(key)
        rows.append(row)


def rederive(uow: UnitOfWork, entry: FormEntry, key: Any = None) -> None:
    """Put the form onto a copy of its document, derive, and take over what came of it."""
    noun, sight = entry.noun, entry.sight
    facts = documents.Facts(uow, explicit=False)
    data = payload(entry, final=False)
    for name in noun.typed_lines:
        for row, line_key in zip(data[name], entry.keys[name], strict=True):
            row["_key"] = line_key
    if key is None:
        document = new_row(noun.model)
        if noun.owned:
            document.company_id = uow.company_id
    else:
        (document,) = documents.load(uow, noun, sight, [key])
    # From here on questions must not write what is only being tried.
    uow.session.info["before_read"] = None
    unknown = documents.links(noun, [data], sight, facts)[0]
    # What a rule has refused is a value all the same: it stays, and all that follows from it.
    unread = [*entry.raw, *map(entry.control_of, unknown)]
    entry.place(unknown)
    was = {**entry.was, **{name: entry.was.get(name) or {} for name in noun.lines}}
    try:
        for control in unread:
            _leave_out(data, control, entry)
        documents.apply(noun, document, data, sight, facts, was)
    except Invalid as refusal:  # the model itself does not take it
        entry.place(refusal.errors)
        for control in list(entry.errors):
            _leave_out(data, control, entry)
        facts = documents.Facts(uow, explicit=False)
        documents.apply(noun, document, data, sight, facts, was)
    documents.settle(noun, document, facts, sight, final=False)
    _take_over(entry, documents.read(noun, document, sight))
    entry.place(facts.errors)


def _take_over(entry: FormEntry, fresh: dict[str, Any]) -> None:
    for name in entry.noun.lines:
        if name not in entry.noun.typed_lines:
            entry.keys[name] = [str(row["id"]) for row in fresh[name]]
            continue
        for row, old in zip(fresh[name], entry.values[name], strict=True):
            row["id"] = old.get("id")
    for control in list(entry.raw):
        if control not in entry.errors:
            del entry.raw[control]
    entry.values = fresh


def _leave_out(data: dict[str, Any], control: str, entry: FormEntry) -> None:
    """A name that is not known, or a text that cannot be read, stays in the form only."""
    found = LINE.match(control)
    if found and found[1] in data and found[2] in entry.keys[found[1]]:
        row = data[found[1]][entry.keys[found[1]].index(found[2])]
        value = row.pop(found[3], None)
    else:
        # What is wrong with the lines as a whole leaves each of them where it is.
        own = "." not in control and control not in entry.keys
        value = data.pop(control, None) if own else None
    if isinstance(value, str):
        entry.raw[control] = value


def begin(uow: UnitOfWork, entry: FormEntry) -> None:
    """What a new document begins with, with all that follows from it."""
    entry.values = {**documents.start(entry.noun, entry.sight, uow)}
    for name in entry.noun.lines:
        rows = entry.values.setdefault(name, [])
        entry.keys[name] = [f"n{at}" for at in range(len(rows))]
    rederive(uow, entry)
