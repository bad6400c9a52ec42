"""An invoice, a bill or a credit note, and the rules it keeps by itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Document,
    Rate,
    Refused,
    _,
    link_to,
)  # fmt: skip
from dougong_base import Party, PaymentTerm
from dougong_finance.accounts.models import Account
from dougong_finance.db import Base
from dougong_finance.entries.models import Entry
from dougong_finance.invoices.workflow import INVOICE_STEPS

if TYPE_CHECKING:
    from dougong import Text
    from dougong_finance.invoices.parts import InvoiceLine, InvoiceTax

KINDS: dict[str, Text] = {
    "customer_invoice": _("Customer invoice"),
    "customer_credit": _("Customer credit note"),
    "supplier_bill": _("Supplier bill"),
    "supplier_credit": _("Supplier credit note"),
}
CUSTOMER = {"customer_invoice", "customer_credit"}
CREDIT = {"customer_credit", "supplier_credit"}
#: The credit note of an invoice, and back.
OPPOSITE = {
    "customer_invoice": "customer_credit", "customer_credit": "customer_invoice",
    "supplier_bill": "supplier_credit", "supplier_credit": "supplier_bill",
}  # fmt: skip
HUNDRED = Decimal(100)


class EmptyInvoice(Refused):
    """Nothing is asked for."""

    def __init__(self) -> None:
        super().__init__(_("An invoice needs at least one line. Add what it is for."))


class TooMuchDiscount(Refused):
    """More than everything is let go of."""

    def __init__(self) -> None:
        super().__init__(_("A discount is between 0 and 100 percent."))


class NegativeTotal(Refused):
    """An invoice that would owe money to the other side."""

    def __init__(self) -> None:
        super().__init__(
            _("The total is negative. Enter a credit note with positive amounts instead.")
        )


class Invoice(Document, Base):
    """What one party owes the other, with its tax: a draft until it is posted."""

    __tablename__ = "finance_invoice"
    __document__: ClassVar[str] = "finance.invoices"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        UniqueConstraint("source_key"),
        Index("ix_finance_invoice_list", "company_id", "kind", "issued_on", "id"),
        Index("ix_finance_invoice_source", "source_id"),
        CheckConstraint(
            "kind IN ('customer_invoice', 'customer_credit', 'supplier_bill', 'supplier_credit')",
            name="kind_known",
        ),
        CheckConstraint(
            "open >= 0 AND (open <= total OR total < 0)",
            name="open_within_total",
            info={"sentence": _("More is to be settled than is open.")},
        ),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR total >= 0",
            name="total_not_negative",
            info={"sentence": _("The total of an invoice is not negative.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(20), default="customer_invoice")
    party_id: Mapped[int] = link_to("base_party.id")
    #: The name, tax number and address as they were: law asks for what was printed.
    party_name: Mapped[str] = mapped_column(String(200), default="")
    party_tax_number: Mapped[str | None] = mapped_column(String(40))
    party_address: Mapped[str | None] = mapped_column(String(500))
    issued_on: Mapped[dt.date]
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    currency: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    company_currency: Mapped[str | None] = mapped_column(String(3))
    #: One unit of the currency in the company's, on the day of posting.
    rate: Mapped[Decimal] = mapped_column(Rate, default=Decimal(1))
    payment_term_id: Mapped[int | None] = link_to("base_payment_term.id", index=False)
    #: The other side's number: the customer's order, the supplier's bill.
    reference: Mapped[str | None] = mapped_column(String(120), index=True)
    note: Mapped[str | None] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    untaxed: Mapped[Decimal] = mapped_column(default=ZERO)
    tax: Mapped[Decimal] = mapped_column(default=ZERO)
    total: Mapped[Decimal] = mapped_column(default=ZERO)
    open: Mapped[Decimal] = mapped_column(default=ZERO)
    #: Where the total is booked: receivable or payable.
    account_id: Mapped[int] = link_to("finance_account.id", index=False)
    journal_id: Mapped[int] = link_to("finance_journal.id", index=False)
    entry_id: Mapped[int | None] = link_to("finance_entry.id", index=False)
    reverses_id: Mapped[int | None] = link_to("finance_invoice.id")
    #: The open item of the money that was taken for it on the spot, before it was posted.
    taken_id: Mapped[int | None] = link_to("finance_item.id", index=False)
    source_kind: Mapped[str | None] = mapped_column(String(60))
    source_id: Mapped[int | None]
    source_key: Mapped[str | None] = mapped_column(String(200))

    party: Mapped[Party] = relationship(Party, lazy="raise")
    payment_term: Mapped[PaymentTerm | None] = relationship(PaymentTerm, lazy="raise")
    entry: Mapped[Entry | None] = relationship(lazy="raise")
    account: Mapped[Account] = relationship(lazy="raise")
    reverses: Mapped[Invoice | None] = relationship(lazy="raise", remote_side="Invoice.id")
    lines: Mapped[list[InvoiceLine]] = relationship(
        lazy="raise", back_populates="invoice", order_by="InvoiceLine.position",
        cascade="all, delete-orphan", passive_deletes=True,
    )  # fmt: skip
    taxes: Mapped[list[InvoiceTax]] = relationship(
        lazy="raise", back_populates="invoice", order_by="InvoiceTax.position",
        cascade="all, delete-orphan", passive_deletes=True,
    )  # fmt: skip

    def __str__(self) -> str:
        return self.number or f"{KINDS.get(self.kind, self.kind)} ({_('Draft')})"

    @property
    def to_customer(self) -> bool:
        """Whether a customer is on the other side."""
        return self.kind in CUSTOMER

    @property
    def sign(self) -> int:
        """1 where the total is a debit (the other side owes us), -1 where it is a credit."""
        return 1 if self.kind in {"customer_invoice", "supplier_credit"} else -1

    def post(self) -> None:
        """It is sent, or accepted: the whole total is open now."""
        if not self.lines:
            raise EmptyInvoice
        if any(line.discount > HUNDRED for line in self.lines):
            raise TooMuchDiscount
        if self.total < 0:
            raise NegativeTotal
        INVOICE_STEPS.move(self, "post")
        self.open = self.total
        if not self.total:
            self.state = "paid"

    def cancel(self) -> None:
        """Give the draft up."""
        INVOICE_STEPS.move(self, "cancel")
        self.source_key = None

    def reverse(self) -> None:
        """A credit note takes it back; what it was for may be billed again."""
        INVOICE_STEPS.move(self, "reverse")
        self.source_key = None

    def settle(self, amount: Decimal) -> bool:
        """Take a payment or credit into account; true when nothing is open any more."""
        self.open -= amount
        if self.state != "reversed":
            self.state = (
                "paid" if not self.open else "posted" if self.open == self.total else "partly"
            )
        return not self.open
