"""What must be true of every house, whatever plugins it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Integer, func, inspect, literal, select, text, union_all
from sqlalchemy.orm import Session

from dougong.checks.database import set_up_safely
from dougong.db import metadata
from dougong.i18n import _
from dougong.jobs.models import QueuedJob
from dougong.outbox.models import OutboxMessage
from dougong.plugin import Check
from dougong.series.models import IdBlock

FEW = 20
#: Tables asked in one statement: SQLite joins at most five hundred parts.
PARTS = 100


def ids_below_block(session: Session) -> Iterator[str]:
    """No id is above those the house has given out: the next one would be taken twice."""
    block = session.scalar(select(IdBlock.next).where(IdBlock.name == "house"))
    if block is None:
        yield "core_id_block has no row; no document can be made"
        return
    for table, highest in _highest_ids(session):
        if highest is not None and highest >= block:
            yield f"{table} has the id {highest}; the house has given out ids only up to {block - 1}"


def _highest_ids(session: Session) -> Iterator[tuple[str, int | None]]:
    there = set(_tables(session))
    tables: list[Any] = [
        table
        for name, table in sorted(metadata.tables.items())
        if name in there and "id" in table.c and isinstance(table.c.id.type, Integer)
    ]
    for start in range(0, len(tables), PARTS):
        parts = [select(literal(t.name), func.max(t.c.id)) for t in tables[start : start + PARTS]]
        if parts:
            yield from session.execute(union_all(*parts))


def _tables(session: Session) -> Iterator[str]:
    yield from inspect(session.connection()).get_table_names()


def no_dead_letters(session: Session) -> Iterator[str]:
    """Everything that was told has reached whoever reacts."""
    rows = session.execute(
        select(OutboxMessage.reaction, func.count(), func.max(OutboxMessage.error))
        .where(OutboxMessage.state == "dead")
        .group_by(OutboxMessage.reaction)
    )
    for reaction, many, error in rows:
        yield f"{many} dead letters to {reaction}: {_short(error)}"


def no_dead_jobs(session: Session) -> Iterator[str]:
    """No job was given up."""
    rows = session.execute(
        select(QueuedJob.name, func.count(), func.max(QueuedJob.error))
        .where(QueuedJob.state == "dead")
        .group_by(QueuedJob.name)
    )
    for name, many, error in rows:
        yield f"{many} dead jobs {name}: {_short(error)}"


def foreign_keys(session: Session) -> Iterator[str]:
    """Nothing refers to a row that is not there; PostgreSQL sees to this by itself."""
    if session.connection().dialect.name != "sqlite":
        return
    for table, row, parent, _number in session.execute(text("PRAGMA foreign_key_check")).fetchmany(
        FEW
    ):
        yield f"{table} row {row} refers to a row of {parent} that is not there"


def file_is_sound(session: Session) -> Iterator[str]:
    """The database file itself is whole."""
    if session.connection().dialect.name != "sqlite":
        return
    for (told,) in session.execute(text("PRAGMA quick_check(20)")):
        if told != "ok":
            yield str(told)


def _short(error: str | None) -> str:
    return (error or "").strip().splitlines()[-1][:200] if error else ""


CHECKS = [
    Check("core.database", _("How the database is set up"), set_up_safely),
    Check("core.ids", _("Ids that were given out"), ids_below_block),
    Check("core.foreign-keys", _("Rows that are referred to"), foreign_keys),
    Check("core.file", _("The database file"), file_is_sound),
    Check("core.outbox", _("Letters that could not be delivered"), no_dead_letters),
    Check("core.jobs", _("Jobs that were given up"), no_dead_jobs),
]
