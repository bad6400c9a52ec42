"""How many rows the tables of modules have, and how much room they take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from dougong.db import owner_of

#: Nobody waits for a count beyond this; the page says "more than".
MOST = 100_000

_SIZES = {
    "postgresql": "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
    " WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace",
    "sqlite": "SELECT m.tbl_name, SUM(s.pgsize) FROM dbstat s JOIN sqlite_master m"
    " ON m.name = s.name WHERE s.aggregate = TRUE GROUP BY m.tbl_name",
}


@dataclass(frozen=True)
class Weight:
    """One table: its rows, whether there are more than were counted, its bytes with indexes."""

    table: str
    rows: int
    more: bool
    #: None where the database does not tell.
    size: int | None


def sizes(engine: Engine) -> dict[str, int]:
    """The bytes of every table with its indexes; empty where the database does not tell."""
    question = _SIZES.get(engine.dialect.name, "")
    try:
        with engine.connect().execution_options(reading=True) as connection:
            return {table: int(size) for table, size in connection.execute(text(question))}
    except DBAPIError:
        return {}  # a SQLite built without dbstat


def by_module(found: dict[str, int]) -> dict[str, int]:
    """The same, module by module."""
    together: dict[str, int] = defaultdict(int)
    for table, size in found.items():
        together[owner_of(table)] += size
    return dict(together)


def weigh(engine: Engine, tables: Iterable[str]) -> list[Weight]:
    """Count and measure these tables, the fullest first."""
    known = sizes(engine)
    weights = []
    with engine.connect().execution_options(reading=True) as connection:
        for table in tables:
            question = f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {MOST + 1}) AS counted'
            rows = int(connection.scalar(text(question)) or 0)
            weights.append(Weight(table, min(rows, MOST), rows > MOST, known.get(table)))
    return sorted(weights, key=lambda w: (-w.rows, -(w.size or 0), w.table))
