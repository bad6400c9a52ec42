"""A payment and the rules it keeps by itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Rate, Refused, Row, _, link_to
from dougong_base import Party
from dougong_finance.accounts.models import Account
from dougong_finance.db import Base
from dougong_finance.entries.models import Entry
from dougong_finance.invoices.models import Invoice
from dougong_finance.journals.models import Journal
from dougong_finance.payments.workflow import PAYMENT_STEPS

if TYPE_CHECKING:
    from dougong import Text

DIRECTIONS: dict[str, Text] = {"in": _("Money in"), "out": _("Money out")}


class MoreThanPaid(Refused):
    """The lines share out more than the payment is."""

    def __init__(self, shared: Decimal, amount: Decimal) -> None:
        super().__init__(
            _(
                "The lines settle %(shared)s, but only %(amount)s are paid. Lower the lines.",
                shared=shared,
                amount=amount,
            )
        )


class Payment(Document, Base):
    """Money in or money out, and which invoices it pays."""

    __tablename__ = "finance_payment"
    __document__: ClassVar[str] = "finance.payments"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        Index("ix_finance_payment_list", "company_id", "dated_on", "id"),
        CheckConstraint("direction IN ('in', 'out')", name="direction_known"),
        CheckConstraint(
            "amount > 0", name="amount_positive", info={"sentence": _("Pay more than nothing.")}
        ),
        CheckConstraint(
            "open >= 0 AND open <= amount",
            name="open_within_amount",
            info={"sentence": _("More is to be settled than was paid.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    direction: Mapped[str] = mapped_column(String(3), default="in")
    party_id: Mapped[int] = link_to("base_party.id")
    journal_id: Mapped[int] = link_to("finance_journal.id", index=False)
    #: What it settles: receivable or payable.
    account_id: Mapped[int] = link_to("finance_account.id", index=False)
    dated_on: Mapped[dt.date]
    currency: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    company_currency: Mapped[str | None] = mapped_column(String(3))
    rate: Mapped[Decimal] = mapped_column(Rate, default=Decimal(1))
    amount: Mapped[Decimal]
    #: What of it has not been used for any invoice yet.
    open: Mapped[Decimal] = mapped_column(default=ZERO)
    reference: Mapped[str | None] = mapped_column(String(120), index=True)
    note: Mapped[str | None] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    entry_id: Mapped[int | None] = link_to("finance_entry.id", index=False)

    party: Mapped[Party] = relationship(Party, lazy="raise")
    journal: Mapped[Journal] = relationship(lazy="raise")
    account: Mapped[Account] = relationship(lazy="raise")
    entry: Mapped[Entry | None] = relationship(lazy="raise")
    lines: Mapped[list[PaymentLine]] = relationship(
        lazy="raise", back_populates="payment", order_by="PaymentLine.position",
        cascade="all, delete-orphan", passive_deletes=True,
    )  # fmt: skip

    def __str__(self) -> str:
        return self.number or f"{DIRECTIONS.get(self.direction, self.direction)} ({_('Draft')})"

    @property
    def sign(self) -> int:
        """1 where the bank account grows."""
        return 1 if self.direction == "in" else -1

    @property
    def discount(self) -> Decimal:
        """What the lines let go of beside the money."""
        return sum((line.discount or ZERO for line in self.lines), ZERO)

    def post(self) -> None:
        """The money has moved."""
        shared = sum((line.amount or ZERO for line in self.lines), ZERO)
        if shared > self.amount:
            raise MoreThanPaid(shared, self.amount)
        PAYMENT_STEPS.move(self, "post")
        self.open = self.amount

    def reverse(self) -> None:
        """It never happened, or bounced."""
        PAYMENT_STEPS.move(self, "reverse")
        self.open = ZERO


class PaymentLine(Row, Base):
    """How much of an invoice it pays, and how much is let go of: a discount, a small rest."""

    __tablename__ = "finance_payment_line"
    __part_of__: ClassVar[str] = "payment_id"
    __table_args__ = (
        CheckConstraint(
            "amount >= 0 AND discount >= 0",
            name="not_negative",
            info={"sentence": _("An amount that settles an invoice is not negative.")},
        ),
    )

    payment_id: Mapped[int] = link_to("finance_payment.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer, default=0)
    invoice_id: Mapped[int] = link_to("finance_invoice.id")
    amount: Mapped[Decimal] = mapped_column(default=ZERO)
    discount: Mapped[Decimal] = mapped_column(default=ZERO)
    #: Where the discount is booked; the account for cash discounts when empty.
    discount_account_id: Mapped[int | None] = link_to("finance_account.id", index=False)

    payment: Mapped[Payment] = relationship(lazy="raise", back_populates="lines")
    invoice: Mapped[Invoice] = relationship(lazy="raise")
    discount_account: Mapped[Account | None] = relationship(lazy="raise")
