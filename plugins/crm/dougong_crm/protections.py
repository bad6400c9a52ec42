"""What the database itself refuses to lose."""

from __future__ import annotations

from sqlalchemy import Connection

from dougong import protect, unprotect

#: Table, name, condition over OLD, sentence: rows that nobody deletes.
KEPT = [
    ("crm_order", "kept", "OLD.number IS NOT NULL", "An order with a number is not deleted."),
    ("crm_quote", "kept", "OLD.number IS NOT NULL", "A quote with a number is not deleted."),
    ("crm_return", "kept", "OLD.number IS NOT NULL", "A return with a number is not deleted."),
    ("crm_change", "kept", "OLD.state = 'applied'", "A change that was applied is not deleted."),
]
#: A number, once given, stays.
NUMBERED = ("crm_order", "crm_quote", "crm_return")


def protect_all(connection: Connection) -> None:
    """Documents that have a number stay, and keep it."""
    for table, name, when, sentence in KEPT:
        protect(connection, table, name=name, sentence=sentence, on=("DELETE",), when=when)
    for table in NUMBERED:
        protect(
            connection,
            table,
            name="number",
            sentence="A number is given once and not changed.",
            on=("UPDATE",),
            when="OLD.number IS NOT NULL AND (NEW.number IS NULL OR NEW.number <> OLD.number)",
        )


def unprotect_all(connection: Connection) -> None:
    """Take the protections away again."""
    for table in NUMBERED:
        unprotect(connection, table, name="number", on=("UPDATE",))
    for table, name, _when, _sentence in KEPT:
        unprotect(connection, table, name=name, on=("DELETE",))
