"""Cards for the home page: what is late, what waits to be posted, how much money there is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from dougong import ZERO, Widget, _
from dougong_finance.accounts.models import Account
from dougong_finance.balances.models import Balance
from dougong_finance.invoices.models import Invoice
from dougong_finance.items.models import Item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import Actor


def overdue(session: Session, actor: Actor) -> Decimal:
    """What customers should have paid by now."""
    signed = case((Item.side == "debit", Item.booked_open), else_=-Item.booked_open)
    late: Decimal | None = session.scalar(
        select(func.sum(signed))
        .join(Account, Account.id == Item.account_id)
        .where(
            Item.company_id == actor.company_id,
            Account.nature == "receivable",
            Item.open > 0,
            Item.due_on < actor.today,
        )
    )
    return late or ZERO


def drafts(session: Session, actor: Actor) -> int:
    """Invoices that wait to be posted."""
    return int(
        session.scalar(
            select(func.count(Invoice.id)).where(
                Invoice.company_id == actor.company_id, Invoice.state == "draft"
            )
        )
        or 0
    )


def money(session: Session, actor: Actor) -> Decimal:
    """What lies at the bank and in the till."""
    sums = session.execute(
        select(func.sum(Balance.debit), func.sum(Balance.credit))
        .join(Account, Account.id == Balance.account_id)
        .where(Balance.company_id == actor.company_id, Account.nature.in_(["bank", "cash"]))
    ).one()
    return (sums[0] or ZERO) - (sums[1] or ZERO)


def sales_by_month(session: Session, actor: Actor) -> dict[str, Any]:
    """What was earned in each of the last twelve months."""
    rows = session.execute(
        select(Balance.month, func.sum(Balance.credit), func.sum(Balance.debit))
        .join(Account, Account.id == Balance.account_id)
        .where(Balance.company_id == actor.company_id, Account.kind == "income")
        .group_by(Balance.month)
        .order_by(Balance.month.desc())
        .limit(12)
    ).all()
    rows = rows[::-1]
    return {
        "labels": [month for month, _c, _d in rows],
        "series": [{"name": _("Income"), "data": [credit - debit for _m, credit, debit in rows]}],
    }


WIDGETS = [
    Widget(
        "finance.overdue", _("Overdue receivables"), overdue, needs="finance.report.read",
        to="/finance/reports/aged-receivables", order=10,
    ),
    Widget(
        "finance.drafts", _("Invoices to post"), drafts, needs="finance.invoice.read",
        to="/finance/invoices?state=draft", order=20,
    ),
    Widget(
        "finance.money", _("Money at bank and in cash"), money, needs="finance.report.read",
        to="/finance/payments", order=30,
    ),
    Widget(
        "finance.sales", _("Income by month"), sales_by_month, needs="finance.report.read",
        kind="chart", to="/finance/reports/profit-and-loss", order=40,
    ),
]  # fmt: skip
