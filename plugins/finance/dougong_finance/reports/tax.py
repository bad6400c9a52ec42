"""What tax is owed and what may be claimed, tax by tax."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dougong import ZERO, _
from dougong.reports import Column, Line, Report
from dougong_base import Tax
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.journals.models import Journal
from dougong_finance.reports.common import FROM, TO

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import Actor


def ask(session: Session, actor: Actor, start: dt.date, end: dt.date) -> Iterable[Line]:
    """Bases and taxes on sales and on purchases, and what is left to pay."""
    rows = session.execute(
        select(
            Journal.kind, Tax.code, Tax.name, func.sum(EntryLine.tax_base),
            func.sum(EntryLine.debit), func.sum(EntryLine.credit),
        )
        .join(Entry, Entry.id == EntryLine.entry_id)
        .join(Journal, Journal.id == Entry.journal_id)
        .join(Tax, Tax.id == EntryLine.tax_id)
        .where(
            EntryLine.company_id == actor.company_id,
            EntryLine.posted,
            EntryLine.tax_base.is_not(None),
            EntryLine.dated_on.between(start, end),
        )
        .group_by(Journal.kind, Tax.code, Tax.name)
        .order_by(Tax.code)
    ).all()  # fmt: skip
    owed = ZERO
    for label, sales, sign in ((_("Tax on sales"), True, -1), (_("Tax on purchases"), False, 1)):
        mine = [row for row in rows if (row[0] == "sales") is sales]
        base = sum((sign * (row[3] or ZERO) for row in mine), ZERO)
        tax = sum((sign * (row[4] - row[5]) for row in mine), ZERO)
        owed -= sign * tax
        if mine:
            yield Line({"tax": str(label), "base": base, "amount": tax}, bold=True)
        for _kind, code, name, line_base, debit, credit in mine:
            yield Line(
                {
                    "tax": f"{code} {name}",
                    "base": sign * (line_base or ZERO),
                    "amount": sign * (debit - credit),
                },
                level=1,
            )
    yield Line({"tax": str(_("To pay (to claim, if negative)")), "amount": owed}, bold=True)


tax_summary = Report(
    name="finance.tax-summary",
    label=_("VAT summary"),
    needs="finance.report.read",
    columns=(
        Column("tax", _("Tax")),
        Column("base", _("Base"), "amount"),
        Column("amount", _("Tax amount"), "amount"),
    ),
    ask=ask,
    parameters=(FROM, TO),
    icon="receipt-tax",
    order=70,
)
