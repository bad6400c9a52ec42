"""The trial balance: every account with what it opened with, what moved, what it closes with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong import ZERO, _
from dougong.reports import Column, Line, Report
from dougong_finance.accounts.models import ON_BALANCE_SHEET
from dougong_finance.balances.queries import NOTHING, net, turnover, year_around
from dougong_finance.reports.common import FROM, TO, chart, ledger

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import Actor


def ask(session: Session, actor: Actor, start: dt.date, end: dt.date) -> Iterable[Line]:
    """Accounts that moved or hold something; income and expenses begin each year at nothing.

    It reads balances only, whatever the number of entries, where both days end a month.
    """
    company = actor.company_id
    before = turnover(session, company, None, start - dt.timedelta(days=1))
    moved = turnover(session, company, start, end)
    year = year_around(session, company, start)
    earlier = turnover(session, company, None, year - dt.timedelta(days=1)) if before else {}
    carried = ZERO
    for account in chart(session, company):
        opening = net(before.get(account.id, NOTHING))
        if account.kind not in ON_BALANCE_SHEET:
            past = net(earlier.get(account.id, NOTHING))
            carried += past
            opening -= past
        debit, credit = moved.get(account.id, NOTHING)
        if not (opening or debit or credit):
            continue
        yield Line(
            {
                "code": account.code,
                "account": account.name,
                "opening": opening,
                "debit": debit,
                "credit": credit,
                "closing": opening + debit - credit,
            },
            drill=ledger(account.id, start, end),
        )
    if carried:
        yield Line(
            {
                "code": "",
                "account": str(_("Result of earlier years")),
                "opening": carried,
                "debit": ZERO,
                "credit": ZERO,
                "closing": carried,
            }
        )


trial_balance = Report(
    name="finance.trial-balance",
    label=_("Trial balance"),
    needs="finance.report.read",
    columns=(
        Column("code", _("Code")),
        Column("account", _("Account")),
        Column("opening", _("Opening"), "amount", total=True),
        Column("debit", _("Debit"), "amount", total=True),
        Column("credit", _("Credit"), "amount", total=True),
        Column("closing", _("Closing"), "amount", total=True),
    ),
    ask=ask,
    parameters=(FROM, TO),
    icon="scale",
    order=10,
)
