"""What the database refuses by itself: posted is posted."""

from __future__ import annotations

from sqlalchemy import Connection

from dougong import _
from dougong.triggers import Protected, ProtectedParts, protections
from dougong_finance.entries.guards import guard_entries, unguard_entries

_INVOICE = (
    "kind", "party_id", "party_name", "issued_on", "currency", "rate", "untaxed", "tax", "total",
    "account_id", "journal_id", "number",
)  # fmt: skip
_PAYMENT = (
    "direction", "party_id", "journal_id", "account_id", "dated_on", "currency", "rate", "amount",
    "number",
)  # fmt: skip
_ITEM = ("line_id", "account_id", "side", "currency", "total", "booked")

#: Table, name, verb, condition, sentence.
RULES = [
    (
        "finance_entry", "posted", "UPDATE", "OLD.number IS NOT NULL",
        _("A posted entry cannot be changed. Reverse it."),
    ),
    (
        "finance_entry", "posted", "DELETE", "OLD.state = 'posted'",
        _("A posted entry cannot be deleted. Reverse it."),
    ),
    (
        "finance_entry_line", "posted", "UPDATE", "OLD.posted",
        _("The lines of a posted entry cannot be changed. Reverse the entry."),
    ),
    (
        "finance_entry_line", "posted", "DELETE", "OLD.posted",
        _("The lines of a posted entry cannot be deleted. Reverse the entry."),
    ),
    (
        "finance_entry_line", "stays", "UPDATE", "NEW.entry_id <> OLD.entry_id",
        _("A line stays with its entry."),
    ),
    (
        "finance_invoice", "posted", "UPDATE",
        "OLD.number IS NOT NULL AND ({} OR NEW.state IN ('draft', 'cancelled'))".format(
            " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _INVOICE)
        ),
        _("A posted invoice cannot be changed. Reverse it with a credit note."),
    ),
    (
        "finance_invoice", "posted", "DELETE", "OLD.number IS NOT NULL",
        _("A posted invoice cannot be deleted. Reverse it with a credit note."),
    ),
    (
        "finance_invoice", "sourced", "DELETE", "OLD.source_id IS NOT NULL AND OLD.state = 'draft'",
        _("This draft bills another document. Cancel it, so that the lines can be billed again."),
    ),
    (
        "finance_payment", "posted", "UPDATE",
        "OLD.number IS NOT NULL AND ({} OR NEW.state = 'draft')".format(
            " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _PAYMENT)
        ),
        _("A posted payment cannot be changed. Reverse it."),
    ),
    (
        "finance_payment", "posted", "DELETE", "OLD.number IS NOT NULL",
        _("A posted payment cannot be deleted. Reverse it."),
    ),
    (
        "finance_item", "fixed", "UPDATE", " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _ITEM),
        _("Only what is open of an item may change."),
    ),
    ("finance_item", "fixed", "DELETE", "", _("An open item cannot be deleted.")),
    (
        "finance_period", "locked", "UPDATE", "OLD.state = 'locked'",
        _("A locked period stays as it is."),
    ),
]  # fmt: skip

#: The parts of an invoice stand and fall with it.
INVOICE_PARTS = ("finance_invoice_line", "finance_invoice_tax")
_PARTS_SENTENCE = _(
    "The lines of a posted invoice cannot be changed. Reverse it with a credit note."
)


_put, _take = protections(
    [
        *(
            Protected(table, name, sentence, (verb,), when)
            for table, name, verb, when, sentence in RULES
        ),
        *(
            ProtectedParts(
                table, "finance_invoice", "invoice_id", "posted", _PARTS_SENTENCE,
                "whole.number IS NOT NULL",
            )
            for table in INVOICE_PARTS
        ),
    ]
)  # fmt: skip


def protect_all(connection: Connection) -> None:
    """Posted entries, invoices and payments, and locked periods, stay as they are."""
    _put(connection)
    guard_entries(connection)


def unprotect_all(connection: Connection) -> None:
    """Take the protections away again: for a downgrade."""
    unguard_entries(connection)
    _take(connection)
