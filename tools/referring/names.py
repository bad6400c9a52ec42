"""The page of names: what ``dougong`` gives, and what ``dougong_base`` brings."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import Any

from sqlalchemy import inspect as inspect_mapper

import dougong
import dougong_base
from dougong.types import Exact
from referring.saying import STALE, notes, said, signature

#: Pages on which a module's names stand with all they have.
PAGES = {
    "dougong.plugin": "hooks.md#what-hooks-return",
    "dougong.workflows": "hooks.md#what-hooks-return",
    "dougong.errors": "work.md#refusals",
    "dougong.unit_of_work": "work.md",
    "dougong.events": "events.md",
    "dougong.actors": "versions.md#behind-the-doors",
    "dougong.triggers": "versions.md#behind-the-doors",
    "dougong.hookspecs": "hooks.md",
    "dougong.deprecation": "versions.md#how-something-goes",
}


def names() -> str:
    """Both lists."""
    text = f"""# Names

What stands behind `from dougong import …`, and the nouns and helpers that `dougong_base` brings. {STALE}

## `dougong`

| name | what it is | more |
| --- | --- | --- |
"""
    for module, found in dougong._HOMES.items():
        comments = _comments(module)
        page = PAGES.get(module)
        more = f"[{page.split('.')[0]}]({page})" if page else ""
        for name in sorted(found, key=str.lower):
            what = comments.get(name) or _first(getattr(dougong, name))
            text += f"| `{name}` | {what.replace('|', chr(92) + '|')} | {more} |\n"
    text += """
`Amount`, `Quantity`, `Price`, `Rate` and `Percent` are column types: `mapped_column(Amount)`. A value with
more decimal places than the column has is refused, so round first: money with `rounded(amount, currency)`,
the rest with `rounded_to(number, places)`. A float is refused always.

## `dougong_base`

The nouns that every department shares. `link_to("base_party.id")` names one of them; its columns:
"""
    shared = [getattr(dougong_base, name) for name in dougong_base.__all__]
    tables = [one for one in shared if hasattr(one, "__table__")]
    text += "".join(_table(one) for one in tables)
    text += "\n### Helpers\n"
    for name, one in zip(dougong_base.__all__, shared, strict=True):
        if one not in tables and (inspect.isfunction(one) or isinstance(one, type)):
            head = signature(one) if inspect.isfunction(one) else _made(one)
            text += f"\n#### `{name}`\n\n```text\n{head}\n```\n\n{said(one)}\n"
    return text


def _made(cls: type) -> str:
    fields = getattr(cls, "_fields", None) or getattr(cls, "__dataclass_fields__", None)
    return f"{cls.__name__}({', '.join(fields)})" if fields else cls.__name__


def _table(cls: Any) -> str:
    """A shared noun: its table, its columns with their kinds."""
    text = f"\n### `{cls.__name__}`\n\n{said(cls)} Table `{cls.__tablename__}`.\n\n"
    text += "| column | kind | |\n| --- | --- | --- |\n"
    told = notes(cls)
    for attribute in inspect_mapper(cls).column_attrs:
        column = attribute.columns[0]
        kind = _kind(column) + (", may be empty" if column.nullable else "")
        text += f"| `{attribute.key}` | {kind} | {told.get(attribute.key, '')} |\n"
    return text.replace("|  |", "| |")


def _kind(column: Any) -> str:
    for key in column.foreign_keys:
        return f"link to `{key.target_fullname}`"
    if isinstance(column.type, Exact):
        return f"decimal, {column.type.digits} places"
    length = getattr(column.type, "length", None)
    plain = {
        "str": "text",
        "int": "number",
        "bool": "yes or no",
        "date": "date",
        "datetime": "moment",
    }
    try:
        name = column.type.python_type.__name__
    except NotImplementedError:
        name = type(column.type).__name__
    return plain.get(name, name) + (f" of {length}" if length else "")


def _first(one: Any) -> str:
    """The first sentence of what is said about it."""
    text = said(one) if isinstance(one, type) or inspect.isfunction(one) else ""
    return " ".join(text.split("\n\n")[0].split())


def _comments(module: str) -> dict[str, str]:
    """What ``#:`` comments say of a module's constants."""
    source = inspect.getsource(importlib.import_module(module))
    found = re.findall(r"^#: (.+)\n(?:#: (.+)\n)?(\w+)(?:: [^=]+)? = (.*)", source, re.M)
    return {
        name: " ".join(filter(None, (first, second, _places(value)))).replace("``", "`")
        for first, second, name, value in found
    }


def _places(value: str) -> str:
    places = re.fullmatch(r"Exact\((\d)\)", value)
    return f"{places[1]} decimal places." if places else ""
