"""The balance of a product at a place: what lies there and what of it is promised."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from dougong import ZERO, Owned, Quantity, Row, _, link_to
from dougong.types import Id
from dougong_base import Product
from dougong_inventory.db import Base
from dougong_inventory.lots.models import Lot
from dougong_inventory.warehouses.models import Location


class Stock(Owned, Row, Base):
    """So much of a product at a place, of a lot. Changed only together with a move or a reservation."""

    __tablename__ = "inventory_stock"
    __document__: ClassVar[str] = "inventory.stock"
    __balance_of__: ClassVar[tuple[str, ...]] = (
        "company_id",
        "product_id",
        "location_id",
        "lot_id",
    )
    __table_args__ = (
        Index("uq_inventory_stock", *__balance_of__, unique=True),
        CheckConstraint(
            "on_hand >= 0",
            name="never_negative",
            info={"sentence": _("There is not enough on hand: stock never falls below zero.")},
        ),
        CheckConstraint(
            "reserved >= 0 AND reserved <= on_hand",
            name="reserved_on_hand",
            info={
                "sentence": _("More is reserved than lies on hand. Release a reservation first.")
            },
        ),
    )

    product_id: Mapped[int] = link_to("base_product.id")
    location_id: Mapped[int] = link_to("inventory_location.id")
    #: 0 where the product is not tracked.
    lot_id: Mapped[int] = mapped_column(Id, default=0)
    on_hand: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    reserved: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)

    product: Mapped[Product] = relationship(Product, lazy="raise")
    location: Mapped[Location] = relationship(Location, lazy="raise")
    lot: Mapped[Lot | None] = relationship(
        Lot, primaryjoin=lambda: foreign(Stock.lot_id) == Lot.id, viewonly=True, lazy="raise"
    )

    @property
    def free(self) -> Decimal:
        """What lies here and is promised to nobody."""
        return self.on_hand - self.reserved


#: What stock rows are locked by, in this order everywhere.
STOCK_KEY = (Stock.company_id, Stock.product_id, Stock.location_id, Stock.lot_id)
