"""What the core's database refuses by itself, and the rows it begins with."""

from __future__ import annotations

from sqlalchemy import Connection, text

from dougong.people.roles import generation
from dougong.triggers import REFUSE, protect, unprotect


def protect_all(connection: Connection) -> None:
    """The function behind every protection, a history that only grows, the two counters of the house."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(REFUSE))
    protect(
        connection,
        "core_audit",
        name="append_only",
        sentence="The history cannot be changed or deleted.",
    )
    generation.install(connection)
    connection.execute(text("INSERT INTO core_id_block (name, next) VALUES ('house', 1000)"))
    connection.execute(
        text("INSERT INTO core_registry (id, generation, restart_generation) VALUES (1, 1, 1)")
    )


def unprotect_all(connection: Connection) -> None:
    """Take back what the database refuses; the rows go with their tables."""
    generation.remove(connection)
    unprotect(connection, "core_audit", name="append_only")
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION core_refuse()"))
