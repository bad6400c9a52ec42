"""What the database refuses by itself: what is closed is closed, and time spent is a fact."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from dougong import Text, _
from dougong.triggers import protect, unprotect

BOTH = ("UPDATE", "DELETE")
CLOSED = _("The production order is closed: nothing in it is changed or deleted.")
SPENT = _("Time that was spent is a fact: it is never changed or deleted.")


class Rule(NamedTuple):
    """One protection: the table, its name, the sentence, the condition and the verbs."""

    table: str
    name: str
    sentence: Text
    when: str
    on: tuple[str, ...] = BOTH


RULES = [
    Rule("production_order", "closed", CLOSED, "OLD.state = 'closed'"),
    Rule("production_time_log", "spent", SPENT, "OLD.ended_at IS NOT NULL", ("UPDATE",)),
]


def protect_all(connection: Connection) -> None:
    """Let the database refuse."""
    for rule in RULES:
        protect(
            connection,
            rule.table,
            name=rule.name,
            sentence=rule.sentence.message,
            on=rule.on,
            when=rule.when,
        )


def unprotect_all(connection: Connection) -> None:
    """Take it back: for a downgrade."""
    for rule in RULES:
        unprotect(connection, rule.table, name=rule.name, on=rule.on)
