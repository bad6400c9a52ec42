"""A sale at a till: what was scanned, what it came to, how it was paid."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Amount, Document, Price, Quantity, Refused, Row, _, link_to, rounded
from dougong_base import Party, Product
from dougong_pos.db import Base
from dougong_pos.sales.workflow import SALE_STEPS

MEANS = {"cash": _("Cash"), "card": _("Card")}


class Sale(Document, Base):
    """One customer at the till. Amounts are in the company's currency; the total includes tax."""

    __tablename__ = "pos_sale"
    __document__ = "pos.sales"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("means IS NULL OR means IN ('cash', 'card')", name="means_known"),
        Index(
            "uq_pos_sale_open", "day_id", unique=True,
            sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"),
            info={"sentence": _("Somebody else sells at this till.")},
        ),
    )  # fmt: skip

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="open", index=True)
    day_id: Mapped[int] = link_to("pos_day.id")
    customer_id: Mapped[int] = link_to("base_party.id")
    sold_on: Mapped[dt.date] = mapped_column(index=True)
    currency: Mapped[str] = mapped_column(String(3))
    untaxed: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    tax: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    total: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    means: Mapped[str | None] = mapped_column(String(8))
    given: Mapped[Decimal | None] = mapped_column(Amount)
    customer: Mapped[Party] = relationship(Party, lazy="raise")
    lines: Mapped[list[SaleItem]] = relationship(
        back_populates="sale",
        order_by="SaleItem.position",
        cascade="all, delete-orphan",
        lazy="raise",
    )

    def __str__(self) -> str:
        return self.number or str(_("New sale"))

    @property
    def change(self) -> Decimal:
        """What the customer gets back."""
        return (self.given or self.total) - self.total

    def pay(self, means: str, given: Decimal | None) -> None:
        """The money is here; raises `Refused` where there is nothing to pay, or too little is given."""
        if means not in MEANS:
            raise Refused(_("There is no such means of payment."))
        if not self.lines:
            raise Refused(_("Nothing has been scanned yet."))
        if means == "cash" and given is not None and given < self.total:
            missing = rounded(self.total - given, self.currency)
            raise Refused(_("%(missing)s is missing.", missing=missing))
        SALE_STEPS.move(self, "pay")
        self.means = means
        self.given = (given if given is not None else self.total) if means == "cash" else self.total


class SaleItem(Row, Base):
    """One product of a sale; the price is of one, the amount of all, both as the tax says."""

    __tablename__ = "pos_sale_item"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("A quantity is more than nothing.")},
        ),
    )

    sale_id: Mapped[int] = link_to("pos_sale.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    price: Mapped[Decimal] = mapped_column(Price)
    amount: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    untaxed: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    tax_id: Mapped[int | None] = link_to("base_tax.id")
    sale: Mapped[Sale] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
