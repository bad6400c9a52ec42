"""What is let, and what the rental desk knows of a customer."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Amount, Document, Price, _, link_to
from dougong_base import Product
from dougong_rental.db import Base

KINDS = {"machine": _("Machine"), "vehicle": _("Vehicle"), "other": _("Other equipment")}


class Asset(Document, Base):
    """One thing that can be with one customer at a time; billed by the day under a service."""

    __tablename__ = "rental_asset"
    __document__ = "rental.assets"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint(
            "day_price >= 0",
            name="day_price_not_negative",
            info={"sentence": _("The price of a day cannot be negative.")},
        ),
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind_known"),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12), default="machine", index=True)
    #: The service that stands on the invoice.
    product_id: Mapped[int] = link_to("base_product.id")
    #: In the company's currency, without tax.
    day_price: Mapped[Decimal] = mapped_column(Price)
    active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str | None] = mapped_column(Text)
    product: Mapped[Product] = relationship(Product, lazy="raise")

    def __str__(self) -> str:
        return self.code


class CustomerDeposit(Base):
    """What a customer leaves with us before anything is handed over; empty where nothing is agreed."""

    __tablename__ = "rental_party_ext"
    __table_args__ = (
        CheckConstraint(
            "deposit >= 0",
            name="deposit_not_negative",
            info={"sentence": _("A deposit cannot be negative.")},
        ),
    )

    party_id: Mapped[int] = link_to(
        "base_party.id", ondelete="CASCADE", primary_key=True, autoincrement=False, index=False
    )
    deposit: Mapped[Decimal | None] = mapped_column(Amount)
