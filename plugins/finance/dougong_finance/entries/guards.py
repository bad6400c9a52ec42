"""The database itself adds posted entries up: no line joins one, and at the end its lines make its totals."""

from __future__ import annotations

from sqlalchemy import Connection, text

from dougong import _

TOO_LATE = _("No line can be added to a posted entry. Reverse it, or post another.")
UNEQUAL = _("The lines of a posted entry do not add up to its totals.")
_SUMS = "SELECT coalesce(sum(debit), 0) AS debit, coalesce(sum(credit), 0) AS credit"

# An entry and its lines are written together, the entry first: a line comes too late when the
# entry is complete without it, or when it would say nothing.
_SQLITE = [
    f"""
CREATE TRIGGER tr_finance_entry_line_late BEFORE INSERT ON finance_entry_line FOR EACH ROW
WHEN EXISTS (
  SELECT 1 FROM finance_entry e, (
    {_SUMS} FROM finance_entry_line WHERE entry_id = NEW.entry_id
  ) s
  WHERE e.id = NEW.entry_id AND e.state = 'posted' AND (
    s.debit + NEW.debit > e.debit OR s.credit + NEW.credit > e.credit
    OR (NEW.debit = 0 AND NEW.credit = 0 AND coalesce(NEW.currency_amount, 0) = 0)
  )
) BEGIN SELECT RAISE(ABORT, '{TOO_LATE.message}'); END
""",
    # The end of a transaction cannot be asked here; a draft is asked when it is posted.
    f"""
CREATE TRIGGER tr_finance_entry_sums BEFORE UPDATE ON finance_entry FOR EACH ROW
WHEN OLD.state = 'draft' AND NEW.state = 'posted' AND EXISTS (
  SELECT 1 FROM (
    {_SUMS} FROM finance_entry_line WHERE entry_id = NEW.id
  ) s WHERE s.debit <> NEW.debit OR s.credit <> NEW.credit
) BEGIN SELECT RAISE(ABORT, '{UNEQUAL.message}'); END
""",
]
_POSTGRESQL = [
    f"""
CREATE FUNCTION finance_refuse_late_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM finance_entry e
    JOIN (
      SELECT entry_id,
        bool_or(debit = 0 AND credit = 0 AND coalesce(currency_amount, 0) = 0) AS idle
      FROM fresh GROUP BY entry_id
    ) f ON f.entry_id = e.id
    CROSS JOIN LATERAL (
      {_SUMS} FROM finance_entry_line l WHERE l.entry_id = e.id
    ) s
    WHERE e.state = 'posted' AND (f.idle OR s.debit > e.debit OR s.credit > e.credit)
  ) THEN
    RAISE EXCEPTION '{TOO_LATE.message}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
""",
    """
CREATE TRIGGER tr_finance_entry_line_late AFTER INSERT ON finance_entry_line
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION finance_refuse_late_lines()
""",
    f"""
CREATE FUNCTION finance_add_up_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM finance_entry e
    CROSS JOIN LATERAL (
      {_SUMS} FROM finance_entry_line l WHERE l.entry_id = e.id
    ) s
    WHERE e.id = NEW.id AND e.state = 'posted' AND (s.debit <> e.debit OR s.credit <> e.credit)
  ) THEN
    RAISE EXCEPTION '{UNEQUAL.message}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
""",
    """
CREATE CONSTRAINT TRIGGER tr_finance_entry_sums AFTER INSERT OR UPDATE ON finance_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'posted')
EXECUTE FUNCTION finance_add_up_entry()
""",
]
_AWAY = {
    "sqlite": [
        "DROP TRIGGER tr_finance_entry_line_late",
        "DROP TRIGGER tr_finance_entry_sums",
    ],
    "postgresql": [
        "DROP TRIGGER tr_finance_entry_line_late ON finance_entry_line",
        "DROP TRIGGER tr_finance_entry_sums ON finance_entry",
        "DROP FUNCTION finance_refuse_late_lines()",
        "DROP FUNCTION finance_add_up_entry()",
    ],
}


def guard_entries(connection: Connection) -> None:
    """Let the database add up; PostgreSQL does it at the end of a transaction."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.execute(text(statement))


def unguard_entries(connection: Connection) -> None:
    """Take it away again: for a downgrade."""
    for statement in _AWAY[connection.dialect.name]:
        connection.execute(text(statement))
