"""What an invoice is made of: its lines, and what each tax comes to."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Percent, Price, Quantity, Row, _, link_to, rounded
from dougong_base import Product, Tax
from dougong_finance.accounts.models import Account
from dougong_finance.db import Base
from dougong_finance.invoices.models import HUNDRED, Invoice


class InvoiceLine(Row, Base):
    """One thing the invoice asks money for."""

    __tablename__ = "finance_invoice_line"
    __part_of__: ClassVar[str] = "invoice_id"
    __table_args__ = (
        CheckConstraint(
            "discount >= 0",
            name="discount_not_negative",
            info={"sentence": _("A discount is between 0 and 100 percent.")},
        ),
    )

    invoice_id: Mapped[int] = link_to("finance_invoice.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer, default=0)
    product_id: Mapped[int | None] = link_to("base_product.id")
    description: Mapped[str] = mapped_column(String(300), default="")
    account_id: Mapped[int] = link_to("finance_account.id", index=False)
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(1))
    price: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    discount: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    tax_id: Mapped[int | None] = link_to("base_tax.id", index=False)
    #: With its included tax, where the tax is included in the price.
    amount: Mapped[Decimal] = mapped_column(default=ZERO)
    untaxed: Mapped[Decimal] = mapped_column(default=ZERO)
    #: What one unit of it was booked at when the goods came, in the company's currency.
    accrued_cost: Mapped[Decimal | None] = mapped_column(
        Price, info={"needs": "base.cost.read", "classification": "confidential"}
    )
    #: The line of the document it bills.
    source_line_id: Mapped[int | None] = mapped_column(index=True)

    invoice: Mapped[Invoice] = relationship(lazy="raise", back_populates="lines")
    product: Mapped[Product | None] = relationship(Product, lazy="raise")
    account: Mapped[Account] = relationship(lazy="raise")
    tax: Mapped[Tax | None] = relationship(Tax, lazy="raise")

    def worth(self, currency: str) -> Decimal:
        """Quantity times price less the discount, in whole minor units."""
        full = (self.quantity or ZERO) * (self.price or ZERO)
        return rounded(full * (HUNDRED - (self.discount or ZERO)) / HUNDRED, currency)


class InvoiceTax(Row, Base):
    """What one tax comes to on one invoice."""

    __tablename__ = "finance_invoice_tax"
    __part_of__: ClassVar[str] = "invoice_id"

    invoice_id: Mapped[int] = link_to("finance_invoice.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer, default=0)
    tax_id: Mapped[int] = link_to("base_tax.id", index=False)
    account_id: Mapped[int] = link_to("finance_account.id", index=False)
    base: Mapped[Decimal] = mapped_column(default=ZERO)
    amount: Mapped[Decimal] = mapped_column(default=ZERO)

    invoice: Mapped[Invoice] = relationship(lazy="raise", back_populates="taxes")
    tax: Mapped[Tax] = relationship(Tax, lazy="raise")
