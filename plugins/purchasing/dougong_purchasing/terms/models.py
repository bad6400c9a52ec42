"""A supplier's price list: what he asks, from which quantity on, and how long he takes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Price, Row, _, link_to
from dougong_base import Party, Product, counted_in
from dougong_purchasing.db import Base


class SupplierList(Document, Base):
    """Prices of one supplier in one currency, for a time."""

    __tablename__ = "purchasing_supplier_list"
    __document__ = "purchasing.terms"
    __table_args__ = (
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on",
            name="ends_after_start",
            info={"sentence": _("A price list ends on or after the day it starts.")},
        ),
    )

    supplier_id: Mapped[int] = link_to("base_party.id")
    name: Mapped[str] = mapped_column(String(120))
    currency: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    #: The smaller, the rather we buy there; among equals the cheapest.
    priority: Mapped[int] = mapped_column(default=10)
    active: Mapped[bool] = mapped_column(default=True)
    supplier: Mapped[Party] = relationship(Party, lazy="raise")
    prices: Mapped[list[SupplierPrice]] = relationship(
        back_populates="price_list", order_by="SupplierPrice.position", lazy="raise"
    )

    def __str__(self) -> str:
        return self.name


class SupplierPrice(Row, Base):
    """The price of one unit of a product when at least so much is bought."""

    __tablename__ = "purchasing_supplier_price"
    __part_of__ = "list_id"
    __table_args__ = (
        CheckConstraint(
            "price >= 0",
            name="price_not_negative",
            info={"sentence": _("A price is not negative.")},
        ),
        CheckConstraint(
            "minimum >= 0",
            name="minimum_not_negative",
            info={"sentence": _("A minimum quantity is not negative.")},
        ),
        CheckConstraint(
            "multiple >= 0",
            name="multiple_not_negative",
            info={"sentence": _("A multiple is not negative.")},
        ),
        CheckConstraint(
            "lead_days >= 0",
            name="lead_days_not_negative",
            info={"sentence": _("Days are counted from zero.")},
        ),
    )

    list_id: Mapped[int] = link_to("purchasing_supplier_list.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    #: The supplier's name for it.
    code: Mapped[str | None] = mapped_column(String(60), index=True)
    #: In the product's own unit.
    minimum: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    price: Mapped[Decimal] = mapped_column(Price)
    #: Sold by so many at a time: a dozen, a pallet; zero: in any quantity.
    multiple: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    lead_days: Mapped[int] = mapped_column(default=0)
    price_list: Mapped[SupplierList] = relationship(back_populates="prices", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
