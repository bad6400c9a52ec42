"""Rows that nobody may change any more, not even with SQL: triggers on both databases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

#: PostgreSQL needs one function for all of them; the core's first migration creates it.
REFUSE = """
CREATE OR REPLACE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def protect(
    connection: Connection,
    table: str,
    *,
    name: str,
    sentence: str,
    on: Sequence[str] = ("UPDATE", "DELETE"),
    when: str = "",
) -> None:
    """Refuse these changes of a table's rows, with this sentence.

    ``when`` is a condition over OLD and NEW that both databases understand; without one, every
    such change is refused. Where it names NEW, pass ``on=("UPDATE",)``: a delete has no NEW.
    Call it from a migration: ``protect(op.get_bind(), "finance_entry", name="posted", …)``.
    """
    sentence = sentence.replace("'", "''")
    for verb in on:
        trigger = f"tr_{table}_{name}_{verb.lower()}"
        if connection.dialect.name == "sqlite":
            condition = f"WHEN {when}" if when else ""
            statement = (
                f"CREATE TRIGGER {trigger} BEFORE {verb} ON {table} FOR EACH ROW {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )
        else:
            condition = f"WHEN ({when})" if when else ""
            statement = (
                f"CREATE TRIGGER {trigger} BEFORE {verb} ON {table} FOR EACH ROW {condition}"
                f" EXECUTE FUNCTION core_refuse('{sentence}')"
            )
        connection.execute(text(statement.replace(":", "\\:")))


def unprotect(
    connection: Connection, table: str, *, name: str, on: Sequence[str] = ("UPDATE", "DELETE")
) -> None:
    """Take the protection away again: for a downgrade."""
    for verb in on:
        trigger = f"tr_{table}_{name}_{verb.lower()}"
        where = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}{where}"))
