"""A reorder rule: how little of a product may be left before it is bought again."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Quantity, _, link_to
from dougong_base import Product
from dougong_inventory.db import Base
from dougong_inventory.warehouses.models import Warehouse


class ReorderRule(Document, Base):
    """When the stock of a product in a warehouse falls below the minimum, it is filled up."""

    __tablename__ = "inventory_reorder_rule"
    __document__: ClassVar[str] = "inventory.reorder_rules"
    __table_args__ = (
        UniqueConstraint("company_id", "product_id", "warehouse_id"),
        CheckConstraint(
            "minimum >= 0 AND maximum >= minimum",
            name="maximum_above_minimum",
            info={"sentence": _("The maximum is not below the minimum, and neither is negative.")},
        ),
        CheckConstraint(
            "multiple > 0",
            name="multiple_positive",
            info={"sentence": _("The order multiple is greater than zero.")},
        ),
    )

    product_id: Mapped[int] = link_to("base_product.id")
    warehouse_id: Mapped[int] = link_to("inventory_warehouse.id")
    minimum: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    maximum: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    #: It is bought by so many at a time: a dozen, a pallet.
    multiple: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(1))
    active: Mapped[bool] = mapped_column(default=True)

    product: Mapped[Product] = relationship(Product, lazy="raise")
    warehouse: Mapped[Warehouse] = relationship(Warehouse, lazy="raise")

    def to_buy(self, expected: Decimal) -> Decimal:
        """How much to buy when so much will be there: nothing, or up to the maximum in whole multiples."""
        if expected >= self.minimum:
            return ZERO
        packs = ((self.maximum - expected) / self.multiple).to_integral_value(ROUND_CEILING)
        return packs * self.multiple
