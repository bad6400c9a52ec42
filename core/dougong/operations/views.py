"""The documented SQL views, described from the database itself, so that the page stays true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, inspect

#: How types read in the documentation, whatever the database calls them.
KINDS = {
    "INTEGER": "whole number",
    "BIGINT": "whole number",
    "SMALLINT": "whole number",
    "NUMERIC": "exact number",
    "REAL": "number",
    "DOUBLE": "number",
    "DATE": "date",
    "DATETIME": "moment (UTC)",
    "TIMESTAMP": "moment (UTC)",
    "BOOLEAN": "yes or no",
    "JSON": "JSON",
    "JSONB": "JSON",
}


@dataclass(frozen=True)
class View:
    """One view: its name, the plugin it belongs to, its columns with their kinds."""

    name: str
    columns: Sequence[tuple[str, str]]


def describe(engine: Engine, declared: Mapping[str, str]) -> list[View]:
    """The declared views that are in the database."""
    inspector = inspect(engine)
    there = set(inspector.get_view_names())
    return [
        View(name, [(c["name"], _kind(str(c["type"]))) for c in inspector.get_columns(name)])
        for name in sorted(declared)
        if name in there
    ]


def as_markdown(views: Iterable[View]) -> str:
    """A section a view, a row a column."""
    parts = [HEAD]
    for view in views:
        parts += [f"\n## `{view.name}`\n", "| column | kind |", "| --- | --- |"]
        parts += [f"| `{name}` | {kind} |" for name, kind in view.columns]
    return "\n".join(parts) + "\n"


HEAD = """\
# SQL views for reporting tools

Point a reporting tool at these views, with a database user that may only read. Their names and
columns are kept from version to version; the tables behind them are not. They are not narrowed to
companies or roles: whoever reads them sees everything.

This page is written by `dougong config views --markdown` on PostgreSQL; a test compares it with
what the migrations make. On SQLite moments are text, and exact numbers are numbers."""


def _kind(said: str) -> str:
    return KINDS.get(said.split("(")[0].split()[0].upper(), "text") if said else "text"
