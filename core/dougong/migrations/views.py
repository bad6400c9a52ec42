"""The documented SQL views: names that reporting tools may rely on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text


def create_views(connection: Connection, views: Mapping[str, str]) -> None:
    """Make these views, or make them anew as they are said now."""
    drop_views(connection, reversed(list(views)))
    for name, select in views.items():
        connection.execute(text(f'CREATE VIEW "{name}" AS {select}'.replace(":", "\\:")))


def drop_views(connection: Connection, names: Iterable[str]) -> None:
    """Take views away; their tables may change then."""
    for name in names:
        connection.execute(text(f'DROP VIEW IF EXISTS "{name}"'))
