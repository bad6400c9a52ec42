"""Settling: a debit and a credit cancel each other out, wholly or in part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dougong import ZERO, Refused, _
from dougong.companies.currency import currency_of
from dougong_finance.accounts.uses import account_uses
from dougong_finance.entries.postings import Posting, PostingLine
from dougong_finance.entries.service import post_entries
from dougong_finance.items.models import Allocation, Item
from dougong_finance.journals.queries import journal_for

if TYPE_CHECKING:
    from dougong import UnitOfWork


class NotAPair(Refused):
    """Two items that cannot settle each other."""

    def __init__(self) -> None:
        super().__init__(
            _("Only a debit and a credit of one account and in one currency settle each other.")
        )


@dataclass(frozen=True, slots=True)
class Settlement:
    """So much of a debit by so much of a credit, in their currency."""

    debit: Item
    credit: Item
    amount: Decimal

    @classmethod
    def between(cls, one: Item, other: Item, amount: Decimal) -> Settlement:
        """Settle two items, whichever of them is the debit."""
        if (
            one.side == other.side
            or one.currency != other.currency
            or one.account_id != other.account_id
        ):
            raise NotAPair
        return cls(one, other, amount) if one.side == "debit" else cls(other, one, amount)


class Spread:
    """Plans settlements over items that fall due one after the other, the earliest first.

    What is planned counts as taken, though the items change only when it is carried out.
    """

    def __init__(self) -> None:
        self.taken: dict[int, Decimal] = {}
        self.settlements: list[Settlement] = []

    @property
    def items(self) -> list[Item]:
        """Everything that is settled, on both sides."""
        return [item for pair in self.settlements for item in (pair.debit, pair.credit)]

    def left(self, items: Sequence[Item]) -> Decimal:
        """What of these items is still open and not planned."""
        return sum((i.open - self.taken.get(i.id, ZERO) for i in items), ZERO)

    def over(self, items: Sequence[Item], others: Sequence[Item], amount: Decimal) -> Decimal:
        """Settle an amount between both; returns what did not find anything to settle."""
        for item in items:
            for other in others:
                part = min(amount, self.left([item]), self.left([other]))
                if part > 0:
                    self.settlements.append(Settlement.between(item, other, part))
                    for one in (item, other):
                        self.taken[one.id] = self.taken.get(one.id, ZERO) + part
                    amount -= part
        return amount


def settle(uow: UnitOfWork, settlements: Sequence[Settlement], on: dt.date) -> list[Allocation]:
    """Take from both sides what cancels out; a difference of exchange rates is posted."""
    made, gaps = [], []
    for settlement in settlements:
        debit, credit = settlement.debit, settlement.credit
        foreign = debit.booked != debit.total or credit.booked != credit.total
        currency = currency_of(uow, debit.company_id) if foreign else debit.currency
        allocation = Allocation(
            company_id=debit.company_id,
            debit_item=debit,
            credit_item=credit,
            amount=settlement.amount,
            debit_booked=debit.settle(settlement.amount, currency),
            credit_booked=credit.settle(settlement.amount, currency),
            dated_on=on,
        )
        made.append(allocation)
        if allocation.debit_booked != allocation.credit_booked:
            gaps.append(allocation)
    uow.add(*made)
    posted = post_entries(uow, [_difference(uow, allocation, on) for allocation in gaps])
    for allocation, (entry, _items) in zip(gaps, posted, strict=True):
        allocation.entry_id = entry.id
    return made


def _difference(uow: UnitOfWork, allocation: Allocation, on: dt.date) -> Posting:
    """What the rates between the two days have won or lost."""
    item = allocation.debit_item
    lost = allocation.debit_booked - allocation.credit_booked
    exchange = account_uses(uow).of(item.company_id, "exchange")
    text = str(_("Exchange difference"))
    return Posting(
        company_id=item.company_id,
        journal_id=journal_for(uow, item.company_id, "general"),
        journal_kind="general",
        dated_on=on,
        text=text,
        lines=[
            PostingLine(
                item.account_id, -lost, item.party_id, text,
                currency=item.currency, currency_amount=ZERO, settled=True,
            ),
            PostingLine(exchange, lost, item.party_id, text),
        ],
    )  # fmt: skip


def unsettle(uow: UnitOfWork, allocations: Sequence[Allocation]) -> None:
    """Open again what these allocations had settled; they are loaded with both items."""
    for allocation in allocations:
        allocation.debit_item.unsettle(allocation.amount, allocation.debit_booked)
        allocation.credit_item.unsettle(allocation.amount, allocation.credit_booked)
    uow.remove(*allocations)
