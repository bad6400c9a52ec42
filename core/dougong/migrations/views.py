"""The documented SQL views: names that reporting tools may rely on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text

#: ``total /*3*/``: a column of three decimal places, which SQLite keeps as a scaled integer.
_PLACES = re.compile(r"/\*(\d)\*/")


def create_views(connection: Connection, views: Mapping[str, str]) -> None:
    """Make these views, or make them anew as they are said now."""
    drop_views(connection, reversed(list(views)))
    scaled = connection.dialect.name == "sqlite"
    for name, select in views.items():
        select = _PLACES.sub(lambda mark: f"/ 1{'0' * int(mark[1])}.0" if scaled else "", select)
        connection.execute(text(f'CREATE VIEW "{name}" AS {select}'.replace(":", "\\:")))


def drop_views(connection: Connection, names: Iterable[str]) -> None:
    """Take views away; their tables may change then."""
    for name in names:
        connection.execute(text(f'DROP VIEW IF EXISTS "{name}"'))
