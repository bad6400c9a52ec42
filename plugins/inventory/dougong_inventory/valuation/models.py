"""What the stock of a product is worth, and the layers of cost it came in with."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from dougong import ZERO, Amount, Owned, Quantity, Row, _, link_to
from dougong_inventory.db import Base

METHODS = {"average": _("Moving average"), "fifo": _("First in, first out")}


class StockValue(Owned, Row, Base):
    """Quantity and value of all the stock of a product in a company: always the sum of its moves."""

    __tablename__ = "inventory_value"
    __balance_of__: ClassVar[tuple[str, ...]] = ("company_id", "product_id")
    __table_args__ = (
        Index("uq_inventory_value", *__balance_of__, unique=True),
        CheckConstraint("quantity >= 0", name="quantity_never_negative"),
        CheckConstraint(
            "value >= 0 AND (quantity > 0 OR value = 0)",
            name="nothing_is_worth_nothing",
            info={"sentence": _("Stock that is not there has no value.")},
        ),
    )

    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    value: Mapped[Decimal] = mapped_column(Amount, default=ZERO)


class Layer(Owned, Row, Base):
    """Goods that came in together at one cost, and what is left of them (first in, first out)."""

    __tablename__ = "inventory_layer"
    __table_args__ = (
        CheckConstraint("left_quantity >= 0 AND left_quantity <= quantity", name="left_of_it"),
        CheckConstraint("left_value >= 0 AND left_value <= value", name="left_value_of_it"),
        Index("ix_inventory_layer_product", "product_id", "id"),
    )

    product_id: Mapped[int] = link_to("base_product.id", index=False)
    move_id: Mapped[int] = link_to("inventory_move.id")
    received_on: Mapped[dt.date]
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    value: Mapped[Decimal] = mapped_column(Amount)
    left_quantity: Mapped[Decimal] = mapped_column(Quantity)
    left_value: Mapped[Decimal] = mapped_column(Amount)


class CategoryValuation(Base):
    """How the goods of a product category are valued, where it differs from the company's setting."""

    __tablename__ = "inventory_category_ext"

    category_id: Mapped[int] = link_to(
        "base_category.id", ondelete="CASCADE", primary_key=True, autoincrement=False, index=False
    )
    valuation: Mapped[str | None] = mapped_column(String(8))

    __table_args__ = (
        CheckConstraint(
            "valuation IN ('" + "', '".join(METHODS) + "')",
            name="valuation_known",
            info={"sentence": _("Choose moving average or first in, first out.")},
        ),
    )


#: What value rows are locked by, after the stock rows.
VALUE_KEY = (StockValue.company_id, StockValue.product_id)
