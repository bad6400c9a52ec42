"""What is still to be paid or to be matched, and what settles it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Refused, Row, _, link_to, rounded
from dougong.db import Owned
from dougong_base import Party
from dougong_finance.db import Base
from dougong_finance.entries.models import EntryLine


class TooMuch(Refused):
    """More is to be settled than is open."""

    def __init__(self, amount: Decimal, open: Decimal, currency: str) -> None:
        super().__init__(
            _(
                "%(amount)s %(currency)s cannot be settled: only %(open)s %(currency)s are open.",
                amount=amount,
                open=open,
                currency=currency,
            )
        )


class Item(Owned, Row, Base):
    """A posted line on an account whose amounts are matched, and how much of it is still open."""

    __tablename__ = "finance_item"
    __table_args__ = (
        CheckConstraint(
            "open >= 0 AND open <= total",
            name="open_within_total",
            info={"sentence": _("More is to be settled than is open.")},
        ),
        CheckConstraint("booked_open >= 0", name="booked_open_not_negative"),
        CheckConstraint("side IN ('debit', 'credit')", name="side_known"),
        Index(
            "ix_finance_item_open",
            "company_id",
            "account_id",
            "party_id",
            "due_on",
            postgresql_where=text("open > 0"),
            sqlite_where=text("open > 0"),
        ),
        Index("ix_finance_item_source", "source_id"),
    )

    line_id: Mapped[int] = link_to("finance_entry_line.id", index=False, unique=True)
    account_id: Mapped[int] = link_to("finance_account.id", index=False)
    party_id: Mapped[int | None] = link_to("base_party.id")
    source_kind: Mapped[str | None] = mapped_column(String(60))
    source_id: Mapped[int | None]
    side: Mapped[str] = mapped_column(String(6))
    dated_on: Mapped[dt.date]
    due_on: Mapped[dt.date]
    currency: Mapped[str] = mapped_column(String(3))
    #: In its own currency …
    total: Mapped[Decimal]
    open: Mapped[Decimal]
    #: … and in the company's.
    booked: Mapped[Decimal]
    booked_open: Mapped[Decimal]

    line: Mapped[EntryLine] = relationship(lazy="raise")
    party: Mapped[Party | None] = relationship(Party, lazy="raise")

    def settle(self, amount: Decimal, company_currency: str) -> Decimal:
        """Take from what is open; returns what that was in the company's currency."""
        if amount > self.open:
            raise TooMuch(amount, self.open, self.currency)
        share = (
            self.booked_open
            if amount == self.open
            else min(
                rounded(self.booked_open * amount / self.open, company_currency), self.booked_open
            )
        )
        self.open -= amount
        self.booked_open -= share
        return share

    def unsettle(self, amount: Decimal, share: Decimal) -> None:
        """Open again what had been settled."""
        self.open += amount
        self.booked_open += share


class Allocation(Owned, Row, Base):
    """So much of a debit was settled by so much of a credit."""

    __tablename__ = "finance_allocation"
    __audited__: ClassVar[bool] = True
    __document__: ClassVar[str] = ""
    __table_args__ = (
        CheckConstraint(
            "amount > 0", name="amount_positive", info={"sentence": _("Settle more than nothing.")}
        ),
    )

    debit_id: Mapped[int] = link_to("finance_item.id")
    credit_id: Mapped[int] = link_to("finance_item.id")
    amount: Mapped[Decimal]
    debit_booked: Mapped[Decimal]
    credit_booked: Mapped[Decimal]
    dated_on: Mapped[dt.date]
    #: The entry of the exchange difference, where currencies moved between the two.
    entry_id: Mapped[int | None] = link_to("finance_entry.id")

    debit_item: Mapped[Item] = relationship(lazy="raise", foreign_keys="Allocation.debit_id")
    credit_item: Mapped[Item] = relationship(lazy="raise", foreign_keys="Allocation.credit_id")
