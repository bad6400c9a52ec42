"""A lot or a serial number of a product."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, link_to
from dougong_base import Product
from dougong_inventory.db import Base


class Lot(Document, Base):
    """Goods of one product that share an origin and an expiry date; a serial number is a lot of one."""

    __tablename__ = "inventory_lot"
    __document__: ClassVar[str] = "inventory.lots"
    __table_args__ = (UniqueConstraint("company_id", "product_id", "number"),)

    product_id: Mapped[int] = link_to("base_product.id")
    number: Mapped[str] = mapped_column(String(60))
    expires_on: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(String(400))

    product: Mapped[Product] = relationship(Product, lazy="raise")

    def __str__(self) -> str:
        return self.number
