"""One runner at a time: the second waits, then finds nothing left to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from dougong.errors import Refused
from dougong.i18n import _

#: Seconds the second runner waits for the first.
PATIENCE = 300
#: "dougong" as a number; PostgreSQL names its advisory locks so.
KEY = 0x646F75676F6E67


class SomebodyMigrates(Refused):
    """Another process holds the lock for too long."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Another process is changing the tables of this database. Try again when it has ended."
            )
        )


@contextmanager
def only_runner(engine: Engine, patience: int = PATIENCE) -> Iterator[None]:
    """Hold the house's migration lock; it falls with the process, however that ends."""
    if engine.dialect.name == "sqlite":
        with _beside(engine.url.database or "", patience):
            yield
        return
    with engine.connect() as connection:
        try:
            connection.execute(text(f"SET lock_timeout = '{patience}s'"))
            connection.execute(text(f"SET statement_timeout = '{patience + 10}s'"))
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": KEY})
        except DBAPIError as error:
            raise SomebodyMigrates from error
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})
            connection.invalidate()


@contextmanager
def _beside(database: str, patience: int) -> Iterator[None]:
    """SQLite's own lock on a small file beside the database, since a step ends its transaction."""
    if database in ("", ":memory:"):
        yield
        return
    path = Path(database)
    with closing(
        sqlite3.connect(path.with_name(path.name + ".lock"), timeout=patience, isolation_level=None)
    ) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise SomebodyMigrates from error
        yield
        lock.execute("ROLLBACK")
