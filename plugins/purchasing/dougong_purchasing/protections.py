"""What the database itself refuses to lose."""

from __future__ import annotations

from sqlalchemy import Connection

from dougong import protect, unprotect

#: Table and the sentence: rows that have a number stay, and keep it.
NUMBERED = [
    ("purchasing_order", "An order with a number is not deleted."),
    ("purchasing_return", "A return with a number is not deleted."),
    ("purchasing_blanket", "An agreement with a number is not deleted."),
    ("purchasing_request", "A request with a number is not deleted."),
    ("purchasing_rfq", "A request for quotation with a number is not deleted."),
    ("purchasing_landed_cost", "Landed costs with a number are not deleted."),
]


def protect_all(connection: Connection) -> None:
    """Documents that have a number stay, and keep it."""
    for table, sentence in NUMBERED:
        protect(
            connection, table, name="kept", sentence=sentence, on=("DELETE",),
            when="OLD.number IS NOT NULL",
        )  # fmt: skip
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
    for table, _sentence in NUMBERED:
        unprotect(connection, table, name="number", on=("UPDATE",))
        unprotect(connection, table, name="kept", on=("DELETE",))
