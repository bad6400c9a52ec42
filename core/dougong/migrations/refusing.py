"""A step that the database refuses: which one, where it is written, what it was about, how to mend it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError

from dougong.errors import Refused
from dougong.i18n import Text, _
from dougong.migrations.planner import Step
from dougong.migrations.sources import Source

#: A table that SQLite is building anew.
REBUILT = "_alembic_tmp_"
EMPTY = (
    # SQLite, of rows that are copied and of a column that is added to a table where it stands.
    re.compile(r"NOT NULL constraint failed: (?P<table>\w+)\.(?P<column>\w+)"),
    re.compile(r"Cannot add a NOT NULL column"),
    # PostgreSQL, in the same two cases.
    re.compile(r'column "(?P<column>\w+)" of relation "(?P<table>\w+)" contains null values'),
    re.compile(
        r'null value in column "(?P<column>\w+)" of relation "(?P<table>\w+)" violates not-null'
    ),
)
ADDED = re.compile(r'ALTER TABLE "?(?P<table>\w+)"? ADD COLUMN "?(?P<column>\w+)', re.IGNORECASE)


class StepRefused(Refused):
    """The database refused a statement of a migration; the step was undone whole."""

    def __init__(self, step: Step, where: str, error: DBAPIError) -> None:
        super().__init__(_sentence(str(step), where, error))


@contextmanager
def telling_refusals(step: Step, source: Source) -> Iterator[None]:
    """A statement that is refused is told with its file; a database that is away says so itself."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        raise StepRefused(step, _where(step, source, error), error) from error


def _sentence(step: str, where: str, error: DBAPIError) -> Text:
    said = " ".join(str(error.orig).split("\n")[0].split()).rstrip(".")
    if named := _left_empty(said, error.statement or ""):
        return _(
            "%(step)s: %(column)s must not be empty, and there are rows that leave it so. Give it a"
            " server_default; or add it with nullable=True, fill it with an UPDATE, and alter it to"
            " nullable=False after that. Nothing of the step was kept. (%(where)s)",
            step=step,
            column=named,
            where=where,
        )
    return _(
        "%(step)s: the database refuses it: %(error)s. Mend the statement, or the rows before it, in"
        " the same migration. Nothing of the step was kept. (%(where)s)",
        step=step,
        error=said,
        where=where,
    )


def _left_empty(said: str, statement: str) -> str:
    """``table.column``, where a column may not be empty and is."""
    for pattern in EMPTY:
        if found := pattern.search(said):
            named: dict[str, Any] = found.groupdict()
            if not named and (added := ADDED.search(statement)):
                named = added.groupdict()
            if named:
                return f"{named['table'].removeprefix(REBUILT)}.{named['column']}"
    return ""


def _where(step: Step, source: Source, error: DBAPIError) -> str:
    """``fleet_0002_colour.py:14``: the line of the migration that was at work."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(str(source.path)):
            return f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
    return str(step)
