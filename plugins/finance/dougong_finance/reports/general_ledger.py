"""The general ledger: each line of an account, with the balance after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from dougong import ZERO, _
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Party
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.reports.common import FROM, TO, Place, chart, page

if TYPE_CHECKING:
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from dougong import Actor


def ask(
    session: Session,
    actor: Actor,
    start: dt.date,
    end: dt.date,
    account: int | None = None,
    party: int | None = None,
) -> Iterable[Line]:
    """Lines between two days, account by account, each leading to its entry."""
    wanted = [EntryLine.company_id == actor.company_id, EntryLine.posted]
    wanted += [EntryLine.account_id == account] if account else []
    wanted += [EntryLine.party_id == party] if party else []
    opening = {
        key: debit - credit
        for key, debit, credit in session.execute(
            select(EntryLine.account_id, func.sum(EntryLine.debit), func.sum(EntryLine.credit))
            .where(*wanted, EntryLine.dated_on < start)
            .group_by(EntryLine.account_id)
        )
    }
    lines = _lines(session, wanted, start, end)
    for place in chart(session, actor.company_id):
        mine = lines.get(place.id, [])
        if mine or (opening.get(place.id) and account):
            yield from _account(place, opening.get(place.id, ZERO), mine)


def _lines(
    session: Session, wanted: list[Any], start: dt.date, end: dt.date
) -> dict[int, list[Any]]:
    rows = session.execute(
        select(
            EntryLine.account_id, EntryLine.dated_on, EntryLine.debit, EntryLine.credit,
            EntryLine.text, Entry.id, Entry.number, Party.name,
        )
        .join(Entry, Entry.id == EntryLine.entry_id)
        .outerjoin(Party, Party.id == EntryLine.party_id)
        .where(*wanted, EntryLine.dated_on.between(start, end))
        .order_by(EntryLine.account_id, EntryLine.dated_on, EntryLine.id)
    )  # fmt: skip
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.account_id, []).append(row)
    return found


def _account(place: Place, balance: Decimal, lines: list[Any]) -> Iterable[Line]:
    head = f"{place.code} {place.name}"
    yield Line({"text": head, "balance": balance}, bold=True)
    for row in lines:
        balance += row.debit - row.credit
        yield Line(
            {
                "date": row.dated_on,
                "number": row.number,
                "text": row.text,
                "party": row.name or "",
                "debit": row.debit,
                "credit": row.credit,
                "balance": balance,
            },
            drill=page("finance.entries", row.id),
            level=1,
        )


general_ledger = Report(
    name="finance.general-ledger",
    label=_("General ledger"),
    needs="finance.report.read",
    columns=(
        Column("date", _("Date"), "date"),
        Column("number", _("Entry")),
        Column("text", _("Text")),
        Column("party", _("Party")),
        Column("debit", _("Debit"), "amount", total=True),
        Column("credit", _("Credit"), "amount", total=True),
        Column("balance", _("Balance"), "amount"),
    ),
    ask=ask,
    parameters=(
        FROM,
        TO,
        Parameter("account", _("Account"), "link", to="finance.accounts"),
        Parameter("party", _("Party"), "link", to="base.parties"),
    ),
    icon="book-2",
    order=20,
)
