"""Documented read-only SQL views for reporting tools. ``/*3*/`` marks a column of three places."""

from __future__ import annotations

VIEWS = [
    (
        "v_ledger",
        "SELECT l.id, l.company_id, e.id AS entry_id, e.number, l.dated_on, j.code AS journal,"
        " a.code AS account, a.name AS account_name, a.kind AS account_kind, p.code AS party,"
        " l.text, l.debit /*3*/ AS debit, l.credit /*3*/ AS credit, l.currency,"
        " l.currency_amount /*3*/ AS currency_amount, e.source_kind, e.source_id"
        " FROM finance_entry_line l JOIN finance_entry e ON e.id = l.entry_id"
        " JOIN finance_journal j ON j.id = e.journal_id"
        " JOIN finance_account a ON a.id = l.account_id"
        " LEFT JOIN base_party p ON p.id = l.party_id WHERE e.state = 'posted'",
    ),
    (
        "v_invoice",
        "SELECT i.id, i.company_id, i.number, i.kind, i.state, p.code AS party,"
        " i.party_name, i.issued_on, i.due_on, i.currency, i.untaxed /*3*/ AS untaxed,"
        " i.tax /*3*/ AS tax, i.total /*3*/ AS total, i.open /*3*/ AS open, i.reference,"
        " i.source_kind, i.source_id"
        " FROM finance_invoice i JOIN base_party p ON p.id = i.party_id",
    ),
    (
        "v_payment",
        "SELECT m.id, m.company_id, m.number, m.direction, m.state, p.code AS party,"
        " m.dated_on, j.code AS journal, m.currency, m.amount /*3*/ AS amount,"
        " m.open /*3*/ AS open, m.reference"
        " FROM finance_payment m JOIN base_party p ON p.id = m.party_id"
        " JOIN finance_journal j ON j.id = m.journal_id",
    ),
]
