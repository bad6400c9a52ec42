"""Price lists: who pays what, from which quantity on, when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Percent, Price, Row, _, link_to
from dougong_base import Category, Party, Product, counted_in
from dougong_crm.db import Base


class PriceList(Document, Base):
    """Prices in one currency, for everyone or for some customers."""

    __tablename__ = "crm_price_list"
    __document__ = "crm.pricelists"
    __table_args__ = (UniqueConstraint("company_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    currency: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    active: Mapped[bool] = mapped_column(default=True)
    rules: Mapped[list[PriceRule]] = relationship(
        back_populates="price_list", order_by="PriceRule.position", lazy="raise"
    )

    def __str__(self) -> str:
        return self.name or self.code


class PriceRule(Row, Base):
    """One rule: for whom, for what, from how much, from when to when, which price."""

    __tablename__ = "crm_price_rule"
    __part_of__ = "list_id"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('fixed', 'percent')",
            name="kind_known",
            info={"sentence": _("A rule gives a fixed price or a discount in percent.")},
        ),
        CheckConstraint(
            "minimum >= 0",
            name="minimum_not_negative",
            info={"sentence": _("A minimum quantity is not negative.")},
        ),
        CheckConstraint(
            "price >= 0",
            name="price_not_negative",
            info={"sentence": _("A price is not negative.")},
        ),
        CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on",
            name="ends_after_start",
            info={"sentence": _("A rule ends on or after the day it starts.")},
        ),
    )

    list_id: Mapped[int] = link_to("crm_price_list.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    customer_id: Mapped[int | None] = link_to("base_party.id")
    #: A customer group as written on the parties.
    group: Mapped[str | None] = mapped_column(String(60))
    product_id: Mapped[int | None] = link_to("base_product.id")
    category_id: Mapped[int | None] = link_to("base_category.id")
    #: In the product's own unit.
    minimum: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    kind: Mapped[str] = mapped_column(String(8), default="fixed")
    #: The price of one own unit.
    price: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    #: Off the product's sales price; negative is a surcharge.
    percent: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    price_list: Mapped[PriceList] = relationship(back_populates="rules", lazy="raise")
    customer: Mapped[Party | None] = relationship(Party, lazy="raise")
    product: Mapped[Product | None] = relationship(Product, lazy="raise")
    category: Mapped[Category | None] = relationship(Category, lazy="raise")
