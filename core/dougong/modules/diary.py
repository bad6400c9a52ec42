"""The log of a module's life, written in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from dougong import clock
from dougong.modules.models import ModuleChange


def note(
    connection: Connection,
    action: str,
    names: Iterable[str],
    by: str,
    *,
    before: Mapping[str, str] | None = None,
    after: Mapping[str, str] | None = None,
) -> None:
    """Write a line for each of these modules."""
    rows = [
        {
            "name": name,
            "action": action,
            "by": by[:200],
            "before": (before or {}).get(name, "")[:40],
            "version": (after or {}).get(name, "")[:40],
            "at": clock.now(),
        }
        for name in names
    ]
    if rows:
        connection.execute(insert(ModuleChange), rows)


def changes(engine: Engine, name: str, most: int = 100) -> list[Any]:
    """The lines of one module, the latest first."""
    table = ModuleChange.__table__
    question = select(table).where(table.c.name == name).order_by(table.c.id.desc()).limit(most)
    with engine.connect().execution_options(reading=True) as connection:
        return list(connection.execute(question))
