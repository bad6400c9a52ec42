"""What the statements share: accounts in order, dates to begin with, addresses to drill to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy import select

from dougong import _
from dougong.reports import Parameter
from dougong.reports.parameters import today
from dougong_finance.accounts.models import Account

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import Actor


class Place(NamedTuple):
    """An account as a statement needs it."""

    id: int
    code: str
    name: str
    kind: str
    nature: str
    parent_id: int | None
    heading: bool


def chart(session: Session, company: int) -> list[Place]:
    """The company's accounts in the order of their codes."""
    columns = (
        Account.id, Account.code, Account.name, Account.kind, Account.nature, Account.parent_id,
        Account.heading,
    )  # fmt: skip
    rows = session.execute(
        select(*columns).where(Account.company_id == company).order_by(Account.code)
    )
    return [Place(*row) for row in rows]


def year_begin(actor: Actor) -> dt.date:
    """The first of January."""
    return actor.today.replace(month=1, day=1)


def ledger(account: int, start: dt.date | None, end: dt.date) -> str:
    """Where the lines of an account stand."""
    return address("general-ledger", account=account, start=start, end=end)


def address(report: str, **chosen: Any) -> str:
    """A report with these parameters."""
    given = {name: str(value) for name, value in chosen.items() if value not in (None, "")}
    return f"/finance/reports/{report}?{urlencode(given)}"


def page(kind: str | None, id: int | None) -> str:
    """The page of a document: ``finance.invoices`` 7 → ``/finance/invoices/7``."""
    return f"/{kind.replace('.', '/', 1)}/{id}" if kind and id else ""


FROM = Parameter("start", _("From"), "date", default=year_begin)
TO = Parameter("end", _("To"), "date", default=today)
AT = Parameter("at", _("At the end of"), "date", default=today)
