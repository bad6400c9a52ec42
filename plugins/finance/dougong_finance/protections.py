"""What the database refuses by itself: posted is posted."""

from __future__ import annotations

from sqlalchemy import Connection, text

from dougong import protect, unprotect

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
        "A posted entry cannot be changed. Reverse it.",
    ),
    (
        "finance_entry", "posted", "DELETE", "OLD.state = 'posted'",
        "A posted entry cannot be deleted. Reverse it.",
    ),
    (
        "finance_entry_line", "posted", "UPDATE", "OLD.posted",
        "The lines of a posted entry cannot be changed. Reverse the entry.",
    ),
    (
        "finance_entry_line", "posted", "DELETE", "OLD.posted",
        "The lines of a posted entry cannot be deleted. Reverse the entry.",
    ),
    (
        "finance_invoice", "posted", "UPDATE",
        "OLD.number IS NOT NULL AND ({} OR NEW.state IN ('draft', 'cancelled'))".format(
            " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _INVOICE)
        ),
        "A posted invoice cannot be changed. Reverse it with a credit note.",
    ),
    (
        "finance_invoice", "posted", "DELETE", "OLD.number IS NOT NULL",
        "A posted invoice cannot be deleted. Reverse it with a credit note.",
    ),
    (
        "finance_invoice", "sourced", "DELETE", "OLD.source_id IS NOT NULL AND OLD.state = 'draft'",
        "This draft bills another document. Cancel it, so that the lines can be billed again.",
    ),
    (
        "finance_payment", "posted", "UPDATE",
        "OLD.number IS NOT NULL AND ({} OR NEW.state = 'draft')".format(
            " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _PAYMENT)
        ),
        "A posted payment cannot be changed. Reverse it.",
    ),
    (
        "finance_payment", "posted", "DELETE", "OLD.number IS NOT NULL",
        "A posted payment cannot be deleted. Reverse it.",
    ),
    (
        "finance_item", "fixed", "UPDATE", " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _ITEM),
        "Only what is open of an item may change.",
    ),
    ("finance_item", "fixed", "DELETE", "", "An open item cannot be deleted."),
    (
        "finance_period", "locked", "UPDATE", "OLD.state = 'locked'",
        "A locked period stays as it is.",
    ),
]  # fmt: skip

#: The parts of an invoice stand and fall with it.
PARTS = ("finance_invoice_line", "finance_invoice_tax")
_PARTS_SENTENCE = "The lines of a posted invoice cannot be changed. Reverse it with a credit note."
_PARTS_FUNCTION = f"""
CREATE OR REPLACE FUNCTION finance_guard_invoice_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM finance_invoice WHERE id = OLD.invoice_id AND number IS NOT NULL) THEN
    RAISE EXCEPTION '{_PARTS_SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$
"""


def protect_all(connection: Connection) -> None:
    """Posted entries, invoices and payments, and locked periods, stay as they are."""
    for table, name, verb, when, sentence in RULES:
        protect(connection, table, name=name, sentence=sentence, on=(verb,), when=when)
    if connection.dialect.name == "postgresql":
        connection.execute(text(_PARTS_FUNCTION))
    for table in PARTS:
        for verb in ("UPDATE", "DELETE"):
            connection.execute(text(_part_trigger(connection.dialect.name, table, verb)))


def _part_trigger(dialect: str, table: str, verb: str) -> str:
    head = f"CREATE TRIGGER tr_{table}_posted_{verb.lower()} BEFORE {verb} ON {table} FOR EACH ROW"
    if dialect == "postgresql":
        return f"{head} EXECUTE FUNCTION finance_guard_invoice_part()"
    return (
        f"{head} WHEN EXISTS (SELECT 1 FROM finance_invoice"
        " WHERE id = OLD.invoice_id AND number IS NOT NULL)"
        f" BEGIN SELECT RAISE(ABORT, '{_PARTS_SENTENCE}'); END"
    )


def unprotect_all(connection: Connection) -> None:
    """Take the protections away again: for a downgrade."""
    for table in PARTS:
        unprotect(connection, table, name="posted")
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS finance_guard_invoice_part()"))
    for table, name, verb, *_rest in RULES:
        unprotect(connection, table, name=name, on=(verb,))
