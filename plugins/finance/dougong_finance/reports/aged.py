"""Who owes what, and how late: receivables and payables by age at the end of any day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from dougong import ZERO, _
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Party
from dougong_finance.accounts.models import Account
from dougong_finance.invoices.models import Invoice
from dougong_finance.items.models import Allocation, Item
from dougong_finance.payments.models import Payment
from dougong_finance.reports.common import AT, address, page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import Actor

BUCKETS = ("current", "days30", "days60", "days90", "older")


def bucket(due_on: dt.date, at: dt.date) -> str:
    """How late something due on a day is at another."""
    late = (at - due_on).days
    if late <= 0:
        return "current"
    return (
        "days30" if late <= 30 else "days60" if late <= 60 else "days90" if late <= 90 else "older"
    )


def open_items(
    session: Session, company: int, nature: str, at: dt.date, party: int | None
) -> list[tuple[Any, Decimal]]:
    """Items with what of each was open at the end of that day, in the company's currency."""
    debit, credit = _settled_later(session, company, at)
    wanted = [
        Item.company_id == company,
        Item.dated_on <= at,
        Account.nature == nature,
        or_(Item.open > 0, Item.id.in_([*debit, *credit])),
    ]
    wanted += [Item.party_id == party] if party else []
    rows = session.execute(
        select(
            Item.id, Item.party_id, Party.name, Item.side, Item.due_on, Item.dated_on,
            Item.booked_open, Item.source_kind, Item.source_id, Invoice.number, Payment.number,
        )
        .join(Account, Account.id == Item.account_id)
        .outerjoin(Party, Party.id == Item.party_id)
        .outerjoin(Invoice, Invoice.id == Item.source_id)
        .outerjoin(Payment, Payment.id == Item.source_id)
        .where(*wanted)
        .order_by(Party.name, Item.party_id, Item.due_on, Item.id)
    )  # fmt: skip
    sign = 1 if nature == "receivable" else -1
    found = []
    for row in rows:
        amount = row.booked_open + debit.get(row.id, ZERO) + credit.get(row.id, ZERO)
        signed = sign * (amount if row.side == "debit" else -amount)
        if signed:
            found.append((row, signed))
    return found


def _settled_later(
    session: Session, company: int, at: dt.date
) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """What was settled after that day counts as open on it."""
    sums = []
    for key, amount in (
        (Allocation.debit_id, Allocation.debit_booked),
        (Allocation.credit_id, Allocation.credit_booked),
    ):
        rows = session.execute(
            select(key, func.sum(amount))
            .where(Allocation.company_id == company, Allocation.dated_on > at)
            .group_by(key)
        )
        sums.append(dict(rows.all()))
    return sums[0], sums[1]


def _ask(nature: str, report: str) -> Callable[..., Iterable[Line]]:
    def ask(
        session: Session, actor: Actor, at: dt.date, party: int | None = None, detail: bool = False
    ) -> Iterable[Line]:
        by_party: dict[tuple[int, str], list[tuple[Any, Decimal]]] = defaultdict(list)
        for row, amount in open_items(session, actor.company_id, nature, at, party):
            by_party[row.party_id or 0, row[2] or ""].append((row, amount))
        for (key, name), items in by_party.items():
            sums = dict.fromkeys(BUCKETS, ZERO)
            for row, amount in items:
                sums[bucket(row.due_on, at)] += amount
            yield Line(
                {"party": name, **sums, "total": sum(sums.values(), ZERO)},
                drill=address(report, at=at, party=key or None, detail=1),
                bold=detail,
            )
            if detail:
                yield from (_item(row, amount, at) for row, amount in items)

    return ask


def _item(row: Any, amount: Decimal, at: dt.date) -> Line:
    number = row[9] or row[10] or ""
    return Line(
        {
            "party": f"{number} {row.due_on}".strip(),
            bucket(row.due_on, at): amount,
            "total": amount,
        },
        drill=page(row.source_kind, row.source_id),
        level=1,
    )


def _report(name: str, label: Any, nature: str, icon: str, order: int) -> Report:
    return Report(
        name=f"finance.{name}",
        label=label,
        needs="finance.report.read",
        columns=(
            Column("party", _("Party")),
            Column("current", _("Not due"), "amount", total=True),
            Column("days30", _("1–30 days"), "amount", total=True),
            Column("days60", _("31–60 days"), "amount", total=True),
            Column("days90", _("61–90 days"), "amount", total=True),
            Column("older", _("Over 90 days"), "amount", total=True),
            Column("total", _("Total"), "amount", total=True),
        ),
        ask=_ask(nature, name),
        parameters=(
            AT,
            Parameter("party", _("Party"), "link", to="base.parties"),
            Parameter("detail", _("Show each invoice"), "flag"),
        ),
        icon=icon,
        order=order,
    )


aged_receivables = _report(
    "aged-receivables", _("Aged receivables"), "receivable", "hourglass-high", 50
)
aged_payables = _report("aged-payables", _("Aged payables"), "payable", "hourglass-low", 60)
