"""A number that rises whenever anybody's rights change, so that processes may remember them.

Triggers raise it: a role that was changed by a page, a command or with SQL counts at once.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Integer, event, select, text
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base

#: What rights are made of.
WATCHED = (
    "core_user",
    "core_user_company",
    "core_user_role",
    "core_role",
    "core_record_rule",
    "core_company",
)
TABLE = "core_rights_generation"
RAISE = f"UPDATE {TABLE} SET value = value + 1 WHERE id = 1"


class RightsGeneration(Base):
    """The one row that holds the number."""

    __tablename__ = TABLE

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(default=1)


#: The number, inside another statement.
current = select(RightsGeneration.value).where(RightsGeneration.id == 1).scalar_subquery()


def install(connection: Connection) -> None:
    """Put in the row and the triggers. The core's first migration calls this after its tables."""
    connection.execute(
        text(f"INSERT INTO {TABLE} (id, value) VALUES (1, 1) ON CONFLICT DO NOTHING")
    )
    if connection.dialect.name == "postgresql":
        connection.execute(
            text(
                "CREATE OR REPLACE FUNCTION core_raise_rights() RETURNS trigger LANGUAGE plpgsql"
                f" AS $$ BEGIN {RAISE}; RETURN NULL; END $$"
            )
        )
    for table in WATCHED:
        for statement in _triggers(table, connection.dialect.name):
            connection.execute(text(statement))


def remove(connection: Connection) -> None:
    """Take the triggers away: for a downgrade, before the tables go."""
    sqlite = connection.dialect.name == "sqlite"
    for table in WATCHED:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            where = "" if sqlite else f" ON {table}"
            connection.execute(text(f"DROP TRIGGER IF EXISTS {_name(table, verb)}{where}"))
    if not sqlite:
        connection.execute(text("DROP FUNCTION IF EXISTS core_raise_rights()"))


def _name(table: str, verb: str) -> str:
    return f"tr_{table}_rights_{verb.lower()}"


def _triggers(table: str, dialect: str) -> list[str]:
    made = []
    for verb in ("INSERT", "UPDATE", "DELETE"):
        name = _name(table, verb)
        if dialect == "sqlite":
            made.append(f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {RAISE}; END")
        else:
            made.append(
                f"CREATE TRIGGER {name} AFTER {verb} ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION core_raise_rights()"
            )
    return made


@event.listens_for(Base.metadata, "after_create")
def _with_tables(target: Any, connection: Connection, tables: Any = (), **_options: Any) -> None:
    """Tables that are made without migrations (in tests) watch over rights as well."""
    if {TABLE, *WATCHED} <= {table.name for table in tables or ()}:
        install(connection)
