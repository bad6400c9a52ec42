"""A party's statement: what was invoiced, what was paid, what is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from dougong import ZERO, _
from dougong.reports import Column, Line, Parameter, Report
from dougong_finance.accounts.models import Account
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.invoices.models import Invoice
from dougong_finance.payments.models import Payment
from dougong_finance.reports.common import FROM, TO, page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import Actor


def ask(
    session: Session, actor: Actor, start: dt.date, end: dt.date, party: int | None = None
) -> Iterable[Line]:
    """Each movement of the party's account, with the balance after it."""
    wanted: list[Any] = [
        EntryLine.company_id == actor.company_id,
        EntryLine.posted,
        EntryLine.party_id == (party or 0),
        Account.nature.in_(["receivable", "payable"]),
    ]
    debit, credit = session.execute(
        select(func.sum(EntryLine.debit), func.sum(EntryLine.credit))
        .join(Account, Account.id == EntryLine.account_id)
        .where(*wanted, EntryLine.dated_on < start)
    ).one()
    balance = (debit or ZERO) - (credit or ZERO)
    yield Line({"text": str(_("Opening")), "balance": balance}, bold=True)
    rows = session.execute(
        select(
            EntryLine.dated_on, EntryLine.due_on, EntryLine.text, EntryLine.debit,
            EntryLine.credit, Entry.source_kind, Entry.source_id,
            func.coalesce(Invoice.number, Payment.number, Entry.number), Entry.id,
        )
        .join(Entry, Entry.id == EntryLine.entry_id)
        .join(Account, Account.id == EntryLine.account_id)
        .outerjoin(Invoice, Invoice.id == Entry.source_id)
        .outerjoin(Payment, Payment.id == Entry.source_id)
        .where(*wanted, EntryLine.dated_on.between(start, end))
        .order_by(EntryLine.dated_on, EntryLine.id)
    )  # fmt: skip
    for on, due_on, text, debit, credit, kind, source, number, entry in rows:
        balance += debit - credit
        yield Line(
            {
                "date": on, "number": number, "text": text, "due": due_on,
                "debit": debit, "credit": credit, "balance": balance,
            },
            drill=page(kind, source) or page("finance.entries", entry),
        )  # fmt: skip


statement = Report(
    name="finance.statement",
    label=_("Statement of account"),
    needs="finance.report.read",
    columns=(
        Column("date", _("Date"), "date"),
        Column("number", _("Number")),
        Column("text", _("Text")),
        Column("due", _("Due date"), "date"),
        Column("debit", _("Debit"), "amount", total=True),
        Column("credit", _("Credit"), "amount", total=True),
        Column("balance", _("Balance"), "amount"),
    ),
    ask=ask,
    parameters=(
        Parameter("party", _("Party"), "link", to="base.parties", required=True),
        FROM,
        TO,
    ),
    icon="file-text",
    order=80,
)
