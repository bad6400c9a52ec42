"""What a company's books begin with: a chart, journals, and which account is for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.companies.models import Company
from dougong_finance.accounts.charts import Chart, chart_for
from dougong_finance.accounts.models import Account, AccountUse
from dougong_finance.journals.models import Journal

if TYPE_CHECKING:
    from dougong import UnitOfWork

#: Code, English, Chinese, kind, the purpose of its account.
JOURNALS = [
    ("GEN", "General journal", "记账凭证", "general", ""),
    ("SAL", "Sales", "销售", "sales", ""),
    ("PUR", "Purchases", "采购", "purchase", ""),
    ("STK", "Stock", "存货", "stock", ""),
    ("BNK", "Bank", "银行", "bank", "bank"),
    ("CSH", "Cash", "现金", "cash", "cash"),
]


def seed_books(uow: UnitOfWork) -> None:
    """Give the company a chart and journals, unless it has them."""
    company = uow.session.scalars(select(Company).where(Company.id == uow.company_id)).one()
    chart, chinese = (
        chart_for(company.country),
        company.country == "CN" or company.language[:2] == "zh",
    )
    accounts = _accounts(uow, chart, chinese)
    used = set(uow.session.scalars(select(AccountUse.purpose)))
    uow.add(
        *(
            AccountUse(purpose=purpose, account_id=accounts[code].id)
            for purpose, code in chart.uses.items()
            if purpose not in used and code in accounts
        )
    )
    known = set(uow.session.scalars(select(Journal.code)))
    uow.add(
        *(
            Journal(
                code=code,
                name=own if chinese else name,
                kind=kind,
                account_id=accounts[chart.uses[purpose]].id if purpose else None,
            )
            for code, name, own, kind, purpose in JOURNALS
            if code not in known
        )
    )


def _accounts(uow: UnitOfWork, chart: Chart, chinese: bool) -> dict[str, Account]:
    """The accounts by code; a chart is put in only where there is none, so that a cut one stays cut."""
    known = {a.code: a for a in uow.session.scalars(select(Account))}
    if known:
        return known
    codes = [code for code, *_ in chart.accounts]
    for code, name, own, kind, nature in chart.accounts:
        above = [c for c in codes if c != code and code.startswith(c)]
        parent = known[max(above, key=len)] if above else None
        account = Account(
            code=code,
            name=own if chinese else name,
            kind=kind,
            nature=nature,
            heading=any(c != code and c.startswith(code) for c in codes),
            reconcile=nature in {"receivable", "payable"} or code in chart.reconciled,
            parent_id=parent.id if parent else None,
        )
        uow.add(account)
        known[code] = account
    return known
