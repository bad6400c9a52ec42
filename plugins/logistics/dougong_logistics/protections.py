"""What the database refuses by itself: what has left is not rewritten."""

from __future__ import annotations

from sqlalchemy import Connection

from dougong import _
from dougong.triggers import protect, protect_parts, unprotect, unprotect_parts

GONE = _("The shipment has left: what travels and what it costs are not changed any more.")
PAID = _("The statement was accepted: enter another one for what is missing.")
LEFT = "'handed_over', 'under_way', 'delivered', 'failed', 'returned'"

PARTS = [
    ("logistics_shipment_line", "logistics_shipment", "shipment_id", LEFT, GONE),
    ("logistics_parcel", "logistics_shipment", "shipment_id", LEFT, GONE),
    ("logistics_statement_line", "logistics_statement", "statement_id", "'accepted'", PAID),
]
#: What a shipment keeps once it is with the carrier.
KEPT = ("party_id", "address_id", "service_id", "cost", "handed_over_on", "ship_on")


def protect_all(connection: Connection) -> None:
    """Let the database refuse."""
    changed = " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in KEPT)
    if connection.dialect.name != "sqlite":
        changed = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in KEPT)
    protect(
        connection, "logistics_shipment", name="left", sentence=GONE.message, on=("UPDATE",),
        when=f"OLD.state IN ({LEFT}) AND ({changed})",
    )  # fmt: skip
    protect(
        connection, "logistics_shipment", name="kept", sentence=GONE.message, on=("DELETE",),
        when=f"OLD.state IN ({LEFT})",
    )  # fmt: skip
    protect(
        connection, "logistics_statement", name="accepted", sentence=PAID.message,
        on=("UPDATE", "DELETE"), when="OLD.state = 'accepted'",
    )  # fmt: skip
    for table, whole, column, states, sentence in PARTS:
        protect_parts(
            connection, table, of=whole, by=column, name="done", sentence=sentence.message,
            when=f"whole.state IN ({states}) AND whole.number IS NOT NULL",
            on=("INSERT", f"UPDATE OF {column}", "DELETE"),
        )  # fmt: skip


def unprotect_all(connection: Connection) -> None:
    """Take it back: for a downgrade."""
    for table, *_rest in PARTS:
        unprotect_parts(connection, table, name="done")
    unprotect(connection, "logistics_statement", name="accepted", on=("UPDATE", "DELETE"))
    unprotect(connection, "logistics_shipment", name="kept", on=("DELETE",))
    unprotect(connection, "logistics_shipment", name="left", on=("UPDATE",))
