"""Databases for tests: each set of plugins is migrated and seeded once a run, then copied."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Collection, Hashable, Iterable
from pathlib import Path

from sqlalchemy import Engine, make_url, text
from sqlalchemy.engine import URL

from dougong.core_plugin import core
from dougong.db import make_engine, metadata, owner_of
from dougong.plugins.discovery import discover
from dougong.plugins.founding import Founding, found_house
from dougong.plugins.lifecycle import Lifecycle

#: The company of every test.
COMPANY = Founding(code="MAIN", name="Dougong Trading", currency="EUR", country="DE")


#: How a server copies: FILE_COPY takes half the time where its files lie in memory, and many times
#: as long where they lie on a disk.
STRATEGY = f"STRATEGY {copy}" if (copy := os.environ.get("DOUGONG_TEST_COPY")) else ""
#: One row of numbers a process: a run of tests within a run of tests takes other names.
_numbers = itertools.count(1)


class Databases:
    """Files beside each other, or databases on the server that ``DOUGONG_TEST_URL`` names."""

    def __init__(self, server: str, folder: Path) -> None:
        self.server = make_url(server) if server and not server.startswith("sqlite") else None
        self.folder = folder
        self._templates: dict[Hashable, str] = {}

    def copy(
        self, names: Iterable[str], *, seeded: bool = True, company: Founding = COMPANY
    ) -> str:
        """The URL of a fresh database with these plugins enabled."""
        wanted = frozenset(names)
        return self.prepared(
            (wanted, seeded, company), lambda url: _found(url, wanted, seeded, company)
        )

    def prepared(self, key: Hashable, prepare: Callable[[str], None]) -> str:
        """The URL of a fresh copy of what `prepare` makes of an empty database, once a run."""
        if key not in self._templates:
            url = self.empty()
            prepare(url)
            self._templates[key] = url
        return self._duplicate(self._templates[key])

    def empty(self) -> str:
        """The URL of a database without a table."""
        name = self._name()
        if self.server is None:
            return f"sqlite:///{self.folder / name}.db"
        self._order(f'CREATE DATABASE "{name}"')
        return self._at(name)

    def drop(self, url: str) -> None:
        """Throw a copy away."""
        name = make_url(url).database or ""
        if self.server is None:
            for path in Path(name).parent.glob(Path(name).name + "*"):
                path.unlink()
        else:
            self._order(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Throw the templates away."""
        for url in self._templates.values():
            self.drop(url)

    def _duplicate(self, template: str) -> str:
        source = make_url(template).database or ""
        if self.server is None:
            target = self.folder / f"{self._name()}.db"
            shutil.copyfile(source, target)
            return f"sqlite:///{target}"
        name = self._name()
        self._order(f'CREATE DATABASE "{name}" TEMPLATE "{source}" {STRATEGY}')
        return self._at(name)

    def _name(self) -> str:
        base = self.server.database if self.server is not None else "test"
        return f"{base}_{os.getpid()}_{next(_numbers)}"

    def _at(self, name: str) -> str:
        server: URL = self.server  # type: ignore[assignment]
        return server.set(database=name).render_as_string(hide_password=False)

    def _order(self, statement: str) -> None:
        server: URL = self.server  # type: ignore[assignment]
        engine = make_engine(
            server.render_as_string(hide_password=False), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def _found(url: str, names: frozenset[str], seeded: bool, company: Founding) -> None:
    """A house with these plugins, migrated and enabled."""
    found_house(url, company)
    lifecycle = Lifecycle(url, discover())
    complete_tables(lifecycle.engine, ["core"])
    if names:
        entered = lifecycle.install(sorted(names), seed=False).plugins
        complete_tables(lifecycle.engine, entered)
        lifecycle.enable(entered, seed=seeded)
    lifecycle.close()


def complete_tables(engine: Engine, plugins: Collection[str]) -> None:
    """Make tables that no migration makes yet, so that a room under construction can be tested.

    That migrations and models agree is proven by `dougong migrations check` and the contract tests.
    """
    list(core.models())
    tables = [table for table in metadata.sorted_tables if owner_of(table.name) in plugins]
    with engine.begin() as connection:
        metadata.create_all(connection, tables=tables)
