"""What customs want to know of a product."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dougong import link_to
from dougong_logistics.db import Base


class ProductCustoms(Base):
    """The customs code of a product, and the country it was made in."""

    __tablename__ = "logistics_product_ext"

    product_id: Mapped[int] = link_to(
        "base_product.id", ondelete="CASCADE", primary_key=True, autoincrement=False, index=False
    )
    #: Harmonized System, six digits or more.
    customs_code: Mapped[str | None] = mapped_column(String(12))
    origin: Mapped[str | None] = mapped_column(String(2))
