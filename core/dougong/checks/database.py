"""How the database is set up: what keeps every acknowledged change through a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from dougong.i18n import _


class Line(NamedTuple):
    """One property of the connection: how it is, how it should be."""

    name: str
    value: str
    wanted: str
    fine: bool


def _is(wanted: str) -> Callable[[str], bool]:
    return lambda value: value == wanted


def _waits(value: str) -> bool:
    return value not in ("0", "")


SQLITE: dict[str, tuple[str, Callable[[str], bool]]] = {
    "journal_mode": ("wal", _is("wal")),
    "synchronous": ("2 (FULL)", _is("2")),
    "foreign_keys": ("1", _is("1")),
    "recursive_triggers": ("1", _is("1")),
    "busy_timeout": ("more than 0", _waits),
}
POSTGRES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "fsync": ("on", _is("on")),
    "full_page_writes": ("on", _is("on")),
    # off loses the last commits of a crash; remote_write those of a lost replica.
    "synchronous_commit": ("on", lambda value: value in ("on", "local", "remote_apply")),
    "lock_timeout": ("more than 0", _waits),
    "statement_timeout": ("more than 0", _waits),
    "TimeZone": ("UTC", _is("UTC")),
    "server_encoding": ("UTF8", _is("UTF8")),
}


def database_lines(session: Session) -> Iterator[Line]:
    """Every property that matters, as this connection has it."""
    connection = session.connection()
    sqlite = connection.dialect.name == "sqlite"
    for name, (wanted, fine) in (SQLITE if sqlite else POSTGRES).items():
        value = str(connection.scalar(text(f"PRAGMA {name}" if sqlite else f"SHOW {name}")))
        yield Line(name, value, wanted, fine(value))


def set_up_safely(session: Session) -> Iterator[str]:
    """No property of the database endangers what was saved."""
    for line in database_lines(session):
        if not line.fine:
            yield str(
                _(
                    "%(name)s is %(value)s; it should be %(wanted)s.",
                    name=line.name,
                    value=line.value,
                    wanted=line.wanted,
                )
            )
