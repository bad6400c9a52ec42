"""Which tables a question reads: only what touches them has to be written before it is asked."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Column, Table, TextClause, inspect
from sqlalchemy.sql import visitors
from sqlalchemy.sql.expression import ColumnClause, TableClause, TextualSelect


def tables_of(statement: Any) -> set[Table] | None:
    """Every table that a select reads, in its conditions too; None where that cannot be told.

    It cannot be told of SQL as text, of a view (which reads tables of its own), and of options
    that may load any relationship along.
    """
    found: set[Table] = set()
    if getattr(statement, "_with_options", ()):
        return None
    for element in visitors.iterate(statement):
        table = element.table if isinstance(element, Column) else element
        if isinstance(table, Table):
            model = table.info.get("model")
            if model is None:
                return None
            found |= _read_with(model)
        elif isinstance(table, TableClause | TextClause | TextualSelect) or (
            isinstance(table, ColumnClause) and table.is_literal and " " in table.name
        ):
            return None
    return found


@cache
def _read_with(model: type[Any]) -> frozenset[Table]:
    """A model's table, and those that always come with it because a relationship says so."""
    mapper = inspect(model)
    found = {mapper.local_table}
    for relation in mapper.relationships:
        if relation.lazy in ("joined", False):
            found.add(relation.mapper.local_table)
    return frozenset(found)
