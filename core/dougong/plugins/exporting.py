"""A plugin's data as JSON lines: before it goes, for another system, for the record."""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    Text,
    inspect,
    select,
    type_coerce,
)

from dougong import clock
from dougong.custom.models import CustomValues
from dougong.db import metadata, owner_of
from dougong.errors import Refused
from dougong.i18n import _
from dougong.plugins.building import assemble
from dougong.plugins.discovery import Discovery
from dougong.plugins.order import with_requirements
from dougong.plugins.states import revisions_in
from dougong.sealing import Sealed, as_kept

#: What a line of an export means; raised when it changes.
FORMAT = 1


def export_plugin(engine: Engine, found: Discovery, name: str, path: Path) -> dict[str, int]:
    """Write all rows of a plugin's tables in one snapshot; returns how many of each table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    spare = path.with_suffix(path.suffix + ".part")
    with os.fdopen(os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        counts = write_rows(engine, found, name, file)
    spare.replace(path)
    return counts


def write_rows(engine: Engine, found: Discovery, name: str, file: IO[str]) -> dict[str, int]:
    """One line that says what follows, then one line a row, parents first; what is sealed stays so."""
    counts: dict[str, int] = {}
    with engine.connect().execution_options(reading=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        tables = tables_of(connection, found, name)
        if not tables:
            raise Refused(_("There are no data of “%(name)s” in this database.", name=name))
        file.write(_line(_head(connection, found, name, tables)))
        for table, there in tables:
            counts[table.name] = 0
            for row in connection.execution_options(yield_per=1000).execute(
                select(*_columns(table, there))
            ):
                file.write(_line({"table": table.name, "row": dict(row._mapping)}))
                counts[table.name] += 1
        counts["core_custom"] = _write_own_values(connection, name, file)
    return {table: count for table, count in counts.items() if count or table != "core_custom"}


def _write_own_values(connection: Connection, name: str, file: IO[str]) -> int:
    """The fields that an administrator added to the plugin's documents; how many have some."""
    table = CustomValues.__table__
    mine = table.c.kind.startswith(f"{name}_", autoescape=True)
    rows = connection.execute(select(table).where(mine).order_by(table.c.id)).all()
    for row in rows:
        file.write(_line({"table": table.name, "row": dict(row._mapping)}))  # type: ignore[attr-defined]
    return len(rows)


def tables_of(connection: Connection, found: Discovery, name: str) -> list[tuple[Table, Table]]:
    """A plugin's tables that are there: as its models say, or the database when it is gone; and as it is."""
    look = inspect(connection)
    # Parents first, so that the rows can be put in again in this order.
    ordered = [table for table, _keys in look.get_sorted_table_and_fkc_names() if table]
    mine = [t for t in ordered if owner_of(t) == name and not t.startswith("alembic_version_")]
    if name in found.manifests:
        assemble(found, with_requirements([name], found.manifests))
    there = MetaData()
    there.reflect(connection, only=mine, resolve_fks=False)
    return [
        (metadata.tables.get(table, there.tables[table]), there.tables[table]) for table in mine
    ]


def _columns(table: Table, there: Table) -> list[Any]:
    """The columns that the table has, in their own types; models may have changed meanwhile."""
    if set(table.columns.keys()) == set(there.columns.keys()):
        return as_kept(table)
    return [
        _kept_as(column, table.columns[column.name].type)
        if column.name in table.columns
        else column
        for column in there.columns
    ]


def _kept_as(column: Column[Any], type_: Any) -> Any:
    """A column read in the type that the model gives it; what is sealed stays so."""
    kept = Text() if isinstance(type_, Sealed) else type_
    return type_coerce(column, kept).label(column.name)


def _head(
    connection: Connection, found: Discovery, name: str, tables: list[tuple[Table, Table]]
) -> dict[str, Any]:
    manifest = found.manifests.get(name)
    return {
        "dougong": "plugin export",
        "format": FORMAT,
        "plugin": name,
        "version": manifest.version if manifest else None,
        "revision": revisions_in(connection).get(name),
        "exported_at": clock.now(),
        "tables": [table.name for table, _there in tables],
        # Without the package nobody knows the types: amounts are as this database stores them.
        "raw": manifest is None,
        "database": connection.dialect.name,
    }


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of an export, its head first."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return str(value)
