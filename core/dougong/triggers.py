"""Rows that nobody may change any more, not even with SQL: triggers on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, text

from dougong.i18n import Text

#: PostgreSQL needs one function for all of them; the core's first migration creates it.
REFUSE = """
CREATE OR REPLACE FUNCTION core_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

#: Which sides of a change a trigger sees: a row may leave one document for another.
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}

BOTH = ("UPDATE", "DELETE")


class Rule(Protocol):
    """Something that the database keeps by itself, by triggers."""

    def put(self, connection: Connection) -> None:
        """Into the database."""
        ...

    def take(self, connection: Connection) -> None:
        """Out of the database."""
        ...


class Protected(NamedTuple):
    """Rows of a table that stay as they are, when what ``when`` says of OLD and NEW is true.

    With ``keeps`` only a change of one of these columns is refused, empty or not.
    """

    table: str
    name: str
    sentence: Text | str
    on: tuple[str, ...] = BOTH
    when: str = ""
    keeps: tuple[str, ...] = ()

    def put(self, connection: Connection) -> None:
        """Into the database."""
        differs = "IS NOT" if connection.dialect.name == "sqlite" else "IS DISTINCT FROM"
        changed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in self.keeps)
        when = " AND ".join(part for part in (self.when, changed and f"({changed})") if part)
        protect(
            connection, self.table, name=self.name, sentence=said(self.sentence), on=self.on,
            when=when,
        )  # fmt: skip

    def take(self, connection: Connection) -> None:
        """Out of the database."""
        unprotect(connection, self.table, name=self.name, on=self.on)


class ProtectedParts(NamedTuple):
    """Rows that belong to a document and are final when it is: see `protect_parts`."""

    table: str
    of: str
    by: str
    name: str
    sentence: Text | str
    when: str
    on: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")

    def put(self, connection: Connection) -> None:
        """Into the database."""
        protect_parts(
            connection, self.table, of=self.of, by=self.by, name=self.name,
            sentence=said(self.sentence), when=self.when, on=self.on,
        )  # fmt: skip

    def take(self, connection: Connection) -> None:
        """Out of the database."""
        verbs = [verb.split()[0] for verb in self.on]
        unprotect_parts(connection, self.table, name=self.name, on=verbs)


class Apart(NamedTuple):
    """Rows about one thing whose days never overlap: two bookings of a room, two prices of a product.

    ``of`` is the column that names the thing; ``first`` and ``last`` are its first and last day,
    both included; an empty last day reaches for ever. Only rows count for which ``when`` is true, a
    condition over ``row``: ``"row.state <> 'cancelled'"``, and which are ``alike`` in these columns,
    empty ones among them. Moments may ``touch``: the last of one is the first of the next. On
    PostgreSQL a row waits for whoever writes about the same thing, so that two at once cannot slip
    past each other; on SQLite one writes at a time anyway.
    """

    table: str
    of: str
    first: str
    last: str
    name: str
    sentence: Text | str
    when: str = ""
    alike: tuple[str, ...] = ()
    touch: bool = False

    def put(self, connection: Connection) -> None:
        """Into the database."""
        sentence = said(self.sentence).replace("'", "''")
        postgresql = connection.dialect.name == "postgresql"
        for verb in ("INSERT", "UPDATE"):
            trigger = f"tr_{self.table}_{self.name}_{verb.lower()}"
            head = f"CREATE TRIGGER {trigger} BEFORE {verb} ON {self.table} FOR EACH ROW"
            if postgresql:
                statements = [
                    f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                    f" PERFORM pg_advisory_xact_lock(hashtextextended('{self.table}.'"
                    f" || NEW.{self.of}, 0)); IF {self._overlap} THEN RAISE EXCEPTION '{sentence}'"
                    " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
                    " RETURN NEW; END $$",
                    f"{head} EXECUTE FUNCTION {trigger}()",
                ]
            else:
                refuse = f"SELECT RAISE(ABORT, '{sentence}')"
                statements = [f"{head} WHEN {self._overlap} BEGIN {refuse}; END"]
            for statement in statements:
                connection.execute(text(statement.replace(":", "\\:")))

    def take(self, connection: Connection) -> None:
        """Out of the database."""
        unprotect_parts(connection, self.table, name=self.name, on=("INSERT", "UPDATE"))

    @property
    def _overlap(self) -> str:
        here, there = self.when.replace("row.", "NEW."), self.when.replace("row.", "other.")
        until = "<" if self.touch else "<="
        parts = [
            f"other.{self.of} = NEW.{self.of}",
            "other.id <> NEW.id",
            *(
                f"(other.{name} = NEW.{name} OR (other.{name} IS NULL AND NEW.{name} IS NULL))"
                for name in self.alike
            ),
            f"other.{self.first} {until} COALESCE(NEW.{self.last}, '9999-12-31')",
            f"NEW.{self.first} {until} COALESCE(other.{self.last}, '9999-12-31')",
            *filter(None, (here, there)),
        ]
        return f"EXISTS (SELECT 1 FROM {self.table} AS other WHERE {' AND '.join(parts)})"


def said(sentence: Text | str) -> str:
    """The words that the database says; whoever reads them has them translated."""
    return sentence if isinstance(sentence, str) else sentence.message


def numbered(table: str, sentence: Text | str) -> tuple[Protected, Protected]:
    """Documents that have a number stay, and keep it."""
    return (
        Protected(table, "kept", sentence, ("DELETE",), "OLD.number IS NOT NULL"),
        Protected(
            table,
            "number",
            "A number is given once and not changed.",
            ("UPDATE",),
            "OLD.number IS NOT NULL AND (NEW.number IS NULL OR NEW.number <> OLD.number)",
        ),
    )


def protections(
    rules: Iterable[Rule],
) -> tuple[Callable[[Connection], None], Callable[[Connection], None]]:
    """What a plugin's first migration calls on its way up, and on its way down.

    ``protect_all, unprotect_all = protections([Protected("crm_order", …), …])``
    """
    kept = tuple(rules)

    def put_all(connection: Connection) -> None:
        for rule in kept:
            rule.put(connection)

    def take_all(connection: Connection) -> None:
        for rule in reversed(kept):
            rule.take(connection)

    return put_all, take_all


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
