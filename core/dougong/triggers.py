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

#: Which sides of a change a trigger sees: a row may leave one document for another.
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


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


def protect_parts(
    connection: Connection,
    table: str,
    *,
    of: str,
    by: str,
    name: str,
    sentence: str,
    when: str,
    on: Sequence[str] = ("INSERT", "UPDATE", "DELETE"),
) -> None:
    """Refuse these changes of the rows that belong to a finished document: nothing joins it either.

    ``of`` is the document's table and ``by`` the column that names it; ``when`` says what finished
    means, over ``whole``, the document: ``"whole.number IS NOT NULL"``. A verb may name a column:
    ``"UPDATE OF order_id"``.
    """
    sentence = sentence.replace("'", "''")
    finished = f"EXISTS (SELECT 1 FROM {of} AS whole WHERE whole.id = {{}}.{by} AND ({when}))"
    postgresql = connection.dialect.name == "postgresql"
    for verb in on:
        act = verb.split()[0]
        trigger = f"tr_{table}_{name}_{act.lower()}"
        asked = " OR ".join(finished.format(row) for row in ROWS[act])
        head = f"CREATE TRIGGER {trigger} BEFORE {verb} ON {table} FOR EACH ROW"
        if postgresql:
            back = "OLD" if act == "DELETE" else "NEW"
            statements = [
                f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF {asked} THEN RAISE EXCEPTION '{sentence}'"
                " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
                f" RETURN {back}; END $$",
                f"{head} EXECUTE FUNCTION {trigger}()",
            ]
        else:
            statements = [f"{head} WHEN {asked} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"]
        for statement in statements:
            connection.execute(text(statement.replace(":", "\\:")))


def unprotect_parts(
    connection: Connection,
    table: str,
    *,
    name: str,
    on: Sequence[str] = ("INSERT", "UPDATE", "DELETE"),
) -> None:
    """Take that protection away again: for a downgrade."""
    unprotect(connection, table, name=name, on=on)
    if connection.dialect.name == "postgresql":
        for verb in on:
            connection.execute(text(f"DROP FUNCTION IF EXISTS tr_{table}_{name}_{verb.lower()}()"))


def unprotect(
    connection: Connection, table: str, *, name: str, on: Sequence[str] = ("UPDATE", "DELETE")
) -> None:
    """Take the protection away again: for a downgrade."""
    for verb in on:
        trigger = f"tr_{table}_{name}_{verb.lower()}"
        where = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}{where}"))
