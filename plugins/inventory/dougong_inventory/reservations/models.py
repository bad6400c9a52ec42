"""A reservation: goods at a place that a delivery line has put aside."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from dougong import Owned, Row, link_to
from dougong.types import Id
from dougong_base import counted_in
from dougong_inventory.db import Base


class Reservation(Owned, Row, Base):
    """So much at this place, of this lot, belongs to this line of a delivery."""

    __tablename__ = "inventory_reservation"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_inventory_reservation_place", "product_id", "location_id", "lot_id"),
    )

    line_id: Mapped[int] = link_to("inventory_delivery_line.id", ondelete="CASCADE")
    product_id: Mapped[int] = link_to("base_product.id", index=False)
    location_id: Mapped[int] = link_to("inventory_location.id", index=False)
    #: 0 where the product is not tracked.
    lot_id: Mapped[int] = mapped_column(Id, default=0)
    quantity: Mapped[Decimal] = counted_in("product_id")

    @property
    def key(self) -> tuple[int, int, int, int]:
        """The stock row it reserves."""
        return self.company_id, self.product_id, self.location_id, self.lot_id
