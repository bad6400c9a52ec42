"""What finance answers when other departments ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from dougong import ZERO
from dougong_base.ports import CreditStanding, Standing
from dougong_finance.accounts.models import Account
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


PROVIDERS = {CreditStanding: OpenItems}
