"""A house in which a plugin is as an earlier version left it: its old tables, rows in them, the way up."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any

from sqlalchemy import Column, Engine, MetaData, Table, insert, select

from dougong import clock
from dougong.companies.models import Company
from dougong.db import make_engine, metadata
from dougong.migrations.making import import_models
from dougong.migrations.migrator import Migrator
from dougong.plugins.discovery import discover
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.models import PluginState

#: What an old row is given where the test says nothing of it.
FIRST_ID = 900_000


class OldHouse:
    """What the plugin requires is there as it is now, the plugin itself up to the revision `since`."""

    def __init__(self, url: str, plugin: str, since: str, version: str) -> None:
        self.url, self.plugin = url, plugin
        self.engine: Engine = make_engine(url)
        self._next = FIRST_ID
        found = discover()
        import_models({plugin: found.manifests[plugin]})
        with closing(Migrator(url, found.manifests.values())) as migrator:
            migrator.upgrade([plugin], until=since)
        with self.engine.begin() as connection:
            #: The company of every test.
            self.company_id: int = connection.scalars(select(Company.id)).first() or 1
            now = clock.now()
            connection.execute(
                insert(PluginState).values(
                    name=plugin, version=version, status="enabled", installed_at=now,
                    changed_at=now, changes=0, brings={},
                )
            )  # fmt: skip

    def insert(self, table: str, **values: Any) -> int:
        """Put a row into an old table, as it lies in the database; returns its id.

        Where nothing is said, `id`, `version` and `company_id` are filled in, and what today's models
        have a default for. Raises `LookupError` for a column that the old table does not have.
        """
        old = self._table(table)
        if unknown := values.keys() - {column.key for column in old.columns}:
            there = ", ".join(column.key for column in old.columns)
            raise LookupError(f"{table} has no {', '.join(sorted(unknown))}; it has: {there}.")
        self._next += 1
        usual = {"id": self._next, "version": 1, "company_id": self.company_id}
        row = _defaults(old) | {k: v for k, v in usual.items() if k in old.columns} | values
        with self.engine.begin() as connection:
            connection.execute(insert(old).values(row))
        return int(row.get("id", 0))

    def rows(self, table: str) -> list[Mapping[str, Any]]:
        """All rows of a table as it is now, in the order of its first column."""
        now = self._table(table)
        with self.engine.connect() as connection:
            question = select(now).order_by(*list(now.columns)[:1])
            return [dict(row) for row in connection.execute(question).mappings()]

    def upgrade(self) -> None:
        """`dougong plugin upgrade`: the missing migrations, then the hook `upgraded`."""
        life = Lifecycle(self.url, discover())
        life.upgrade([self.plugin])
        life.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def _table(self, name: str) -> Table:
        """As it stands in the database; a column of today's model is read and written as there."""
        known = metadata.tables.get(name)
        lying = Table(name, MetaData(), autoload_with=self.engine)
        kept: Any = known.columns if known is not None else {}
        columns = [
            Column(column.key, kept[column.key].type if column.key in kept else column.type)
            for column in lying.columns
        ]
        return Table(name, MetaData(), *columns)


def _defaults(old: Table) -> dict[str, Any]:
    """What a row has by itself, of the columns that were there already."""
    known = metadata.tables.get(old.name)
    found = {}
    for column in known.columns if known is not None else ():
        default: Any = column.default
        if column.key in old.columns and default is not None:
            found[column.key] = default.arg(None) if default.is_callable else default.arg
    return found
