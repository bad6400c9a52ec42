"""What posting must know of the books: accounts, their company's currency, whether the month is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from dougong import NotFound, Refused, _
from dougong.companies.models import Company
from dougong_finance.accounts.models import Account
from dougong_finance.periods.models import Period
from dougong_finance.periods.service import make_periods

if TYPE_CHECKING:
    from dougong import UnitOfWork

Month = tuple[int, int]


class NotForPosting(Refused):
    """A heading, or an account that is out of use."""

    def __init__(self, account: str) -> None:
        super().__init__(
            _(
                "Nothing can be posted to %(account)s: it is a heading or out of use."
                " Choose another account.",
                account=account,
            )
        )


@dataclass
class Books:
    """The accounts a batch posts to, by id."""

    reconciled: set[int] = field(default_factory=set)
    currency: dict[int, str] = field(default_factory=dict)


@cache
def _question() -> Any:
    """Accounts beside the months; the months stay as they are until the end of the transaction."""
    return (
        select(
            Account.id, Account.code, Account.name, Account.company_id, Account.heading,
            Account.active, Account.reconcile, Company.currency, Period,
        )
        .join(Company, Company.id == Account.company_id)
        .join(Period, Period.company_id == Account.company_id)
        .where(
            Account.id.in_(bindparam("accounts", expanding=True)),
            Period.month.in_(bindparam("months", expanding=True)),
        )
        .with_for_update(of=Period, read=True)
    )  # fmt: skip


def open_books(uow: UnitOfWork, accounts: Iterable[int], months: Iterable[Month]) -> Books:
    """Look at accounts and months in one statement; refuses a closed month and a heading."""
    wanted, accounts = set(months), set(accounts)
    given = {"accounts": sorted(accounts), "months": sorted({m for _, m in wanted})}
    rows = uow.look(_question(), given).all()
    if missing := wanted - {(row.company_id, row.Period.month) for row in rows}:
        make_periods(uow, missing)
        rows = uow.look(_question(), given).all()
    books = Books()
    for row in rows:
        accounts.discard(row.id)
        if row.heading or not row.active:
            raise NotForPosting(f"{row.code} {row.name}")
        if row.reconcile:
            books.reconciled.add(row.id)
        books.currency[row.company_id] = row.currency
        if (row.company_id, row.Period.month) in wanted:
            row.Period.admit()
    if accounts:
        raise NotFound(_("account"), min(accounts))
    return books
