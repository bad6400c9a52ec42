"""What finance answers when other departments ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from dougong import ZERO
from dougong_base.ports import (
    BillLine,
    CreditStanding,
    LedgerBalance,
    Standing,
    SupplierBill,
    SupplierBills,
)
from dougong_finance.accounts.models import Account
from dougong_finance.accounts.uses import account_uses
from dougong_finance.balances.queries import net, turnover
from dougong_finance.invoices.models import Invoice
from dougong_finance.items.models import Item

if TYPE_CHECKING:
    from dougong import UnitOfWork


class OpenItems:
    """How customers stand with us, from their open items."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def of(self, party_ids: Collection[int]) -> Mapping[int, Standing]:
        """The standing of each customer, in the company's currency; credits count against debts."""
        signed = case((Item.side == "debit", Item.booked_open), else_=-Item.booked_open)
        late = case((Item.due_on < self.uow.today, signed), else_=0)
        rows = self.uow.session.execute(
            select(Item.party_id, func.sum(signed), func.sum(late))
            .join(Account, Account.id == Item.account_id)
            .where(
                Item.party_id.in_(party_ids),
                Item.company_id == self.uow.company_id,
                Account.nature == "receivable",
                Item.open > 0,
            )
            .group_by(Item.party_id)
        )
        found = {
            party: Standing(open=owed, overdue=max(overdue, ZERO)) for party, owed, overdue in rows
        }
        return {party: found.get(party, Standing(ZERO, ZERO)) for party in party_ids}


class Books:
    """What stands on the accounts that serve a purpose, from the balances."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def of(self, purpose: str, *, at: dt.date | None = None) -> Decimal:
        """Debits less credits of the company's accounts for a purpose, each counted once."""
        company = self.uow.company_id
        accounts = {
            account
            for (owner, told, *_scope), account in account_uses(self.uow).rules.items()
            if owner == company and told == purpose
        }
        moved = turnover(self.uow.session, company, None, at or dt.date.max)
        return sum((net(moved[a]) for a in accounts if a in moved), ZERO)


class Bills:
    """Suppliers' bills, for whoever compares them with what was ordered."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def of(self, bill_ids: Collection[int]) -> Mapping[int, SupplierBill]:
        """The bills with these ids as they are now; those that are gone are missing."""
        present = self.uow.session.scalars(
            select(Invoice.id).where(Invoice.id.in_(bill_ids), Invoice.kind.like("supplier_%"))
        ).all()
        return {bill.id: _told(bill) for bill in self.uow.load(Invoice, present, Invoice.lines)}


def _told(bill: Invoice) -> SupplierBill:
    return SupplierBill(
        id=bill.id,
        kind=bill.kind,
        state=bill.state,
        number=bill.number or "",
        reference=bill.reference or "",
        source_kind=bill.source_kind or "",
        source_id=bill.source_id or 0,
        currency=bill.currency,
        untaxed=bill.untaxed,
        lines=tuple(
            BillLine(x.source_line_id, x.description, x.quantity, x.price, x.discount)
            for x in bill.lines
        ),
    )


PROVIDERS = {CreditStanding: OpenItems, LedgerBalance: Books, SupplierBills: Bills}
