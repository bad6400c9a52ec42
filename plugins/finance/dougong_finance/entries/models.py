"""An entry of the books and the rules it keeps by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Refused, Row, _, link_to
from dougong.db import Owned
from dougong_base import Party, Sourced, Tax
from dougong_finance.accounts.models import Account
from dougong_finance.db import Base
from dougong_finance.entries.workflow import ENTRY_STEPS
from dougong_finance.journals.models import Journal
from dougong_finance.periods.months import month_of

if TYPE_CHECKING:
    from dougong_finance.items.models import Item


class Unbalanced(Refused):
    """Debits and credits differ."""

    def __init__(self, debit: Decimal, credit: Decimal) -> None:
        super().__init__(
            _(
                "The entry does not balance: debits are %(debit)s, credits %(credit)s,"
                " the difference is %(gap)s.",
                debit=debit,
                credit=credit,
                gap=abs(debit - credit),
            )
        )


class EmptyEntry(Refused):
    """An entry without amounts."""

    def __init__(self) -> None:
        super().__init__(_("An entry needs at least two lines with amounts."))


class Entry(Sourced, Document, Base):
    """What happened, in debits and credits; once posted, nothing about it changes any more."""

    __tablename__ = "finance_entry"
    __document__: ClassVar[str] = "finance.entries"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        UniqueConstraint("source_key"),
        UniqueConstraint("reverses_id"),
        Index("ix_finance_entry_date", "company_id", "dated_on", "id"),
        Index("ix_finance_entry_source", "source_id"),
        CheckConstraint(
            "state = 'draft' OR debit = credit",
            name="balanced",
            info={"sentence": _("The entry does not balance.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    journal_id: Mapped[int] = link_to("finance_journal.id")
    dated_on: Mapped[dt.date]
    month: Mapped[int] = mapped_column(Integer, default=0)
    text: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    debit: Mapped[Decimal] = mapped_column(default=ZERO)
    credit: Mapped[Decimal] = mapped_column(default=ZERO)
    #: A key that keeps it from being made twice for its source.
    source_key: Mapped[str | None] = mapped_column(String(160))
    reverses_id: Mapped[int | None] = link_to("finance_entry.id", index=False)
    #: Moves a year's result to equity, or takes that back: no part of what was earned or spent.
    closing: Mapped[bool] = mapped_column(default=False)

    journal: Mapped[Journal] = relationship(lazy="raise")
    reverses: Mapped[Entry | None] = relationship(lazy="raise", remote_side="Entry.id")
    lines: Mapped[list[EntryLine]] = relationship(
        lazy="raise", back_populates="entry", order_by="EntryLine.position",
        cascade="all, delete-orphan", passive_deletes=True,
    )  # fmt: skip

    def __str__(self) -> str:
        return self.number or str(_("Draft entry"))

    def add_up(self) -> None:
        """Take the totals from the lines."""
        self.debit = sum((line.debit or ZERO for line in self.lines), ZERO)
        self.credit = sum((line.credit or ZERO for line in self.lines), ZERO)

    def post(self) -> None:
        """Enter it for good; refuses when it does not balance."""
        self.add_up()
        if len(self.lines) < 2 or not self.debit:
            raise EmptyEntry
        if self.debit != self.credit:
            raise Unbalanced(self.debit, self.credit)
        ENTRY_STEPS.move(self, "post")
        self.month = month_of(self.dated_on)
        for line in self.lines:
            line.posted, line.dated_on = True, self.dated_on


class EntryLine(Owned, Row, Base):
    """One account's debit or credit."""

    __tablename__ = "finance_entry_line"
    __part_of__: ClassVar[str] = "entry_id"
    __table_args__ = (
        ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["finance_account.company_id", "finance_account.id"],
            name="fk_finance_entry_line_account",
            ondelete="RESTRICT",
        ),
        Index("ix_finance_entry_line_ledger", "company_id", "account_id", "dated_on", "id"),
        Index("ix_finance_entry_line_party", "party_id", "account_id", "dated_on"),
        CheckConstraint(
            "debit >= 0 AND credit >= 0 AND (debit = 0 OR credit = 0)",
            name="one_side",
            info={"sentence": _("A line has either a debit or a credit, and it is not negative.")},
        ),
    )

    entry_id: Mapped[int] = link_to("finance_entry.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer, default=0)
    account_id: Mapped[int] = mapped_column()
    party_id: Mapped[int | None] = link_to("base_party.id", index=False)
    text: Mapped[str] = mapped_column(String(300), default="")
    debit: Mapped[Decimal] = mapped_column(default=ZERO)
    credit: Mapped[Decimal] = mapped_column(default=ZERO)
    due_on: Mapped[dt.date | None]
    #: The tax it belongs to: with a base it is the tax itself, on a base it is what is taxed.
    tax_id: Mapped[int | None] = link_to("base_tax.id")
    tax_base: Mapped[Decimal | None]
    #: The amount in a foreign currency; a credit is negative.
    currency: Mapped[str | None] = link_to("base_currency.code", type_=String(3), index=False)
    currency_amount: Mapped[Decimal | None]
    #: Set when the entry is posted, so that the ledger reads lines alone.
    posted: Mapped[bool] = mapped_column(default=False)
    dated_on: Mapped[dt.date | None]

    entry: Mapped[Entry] = relationship(lazy="raise", back_populates="lines")
    account: Mapped[Account] = relationship(
        lazy="raise", primaryjoin="foreign(EntryLine.account_id) == Account.id"
    )
    party: Mapped[Party | None] = relationship(Party, lazy="raise")
    tax: Mapped[Tax | None] = relationship(Tax, lazy="raise")
    item: Mapped[Item | None] = relationship(lazy="raise", uselist=False, viewonly=True)

    @property
    def signed(self) -> Decimal:
        """The amount; a credit is negative."""
        return self.debit - self.credit


def shown(lines: Sequence[EntryLine]) -> list[EntryLine]:
    """The lines that carry an amount."""
    return [line for line in lines if line.debit or line.credit]
