"""What the database refuses stays refused while a step builds tables anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

_DROP = re.compile(r"\s*DROP\s+TRIGGER\s+(?:IF\s+EXISTS\s+)?\"?(\w+)", re.IGNORECASE)


@contextmanager
def keeping_triggers(connection: Connection) -> Iterator[None]:
    """Put SQLite's triggers aside during a step and back afterwards, but for those the step dropped.

    SQLite changes a table by building another one: the triggers would go with the old table, and
    one that names a table which is away for a moment would stop the step.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    kept = connection.exec_driver_sql(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).all()
    for name, _table, _sql in kept:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    dropped: set[str] = set()

    def note(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any
    ) -> tuple[str, Any]:
        if found := _DROP.match(statement):
            dropped.add(found[1])
            statement = f'DROP TRIGGER IF EXISTS "{found[1]}"'
        return statement, parameters

    event.listen(connection, "before_cursor_execute", note, retval=True)
    try:
        yield
    finally:
        event.remove(connection, "before_cursor_execute", note)
    there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    for name, table, sql in kept:
        if name not in dropped | there and table in there:
            connection.exec_driver_sql(sql)
