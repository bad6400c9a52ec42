"""An agreement of the house with itself: so much of a product from this supplier, the rest from those."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Percent, Row, _, link_to
from dougong_base import Party, Product
from dougong_purchasing.db import Base


class Quota(Document, Base):
    """How purchases of a product are shared among suppliers, for a time."""

    __tablename__ = "purchasing_quota"
    __document__ = "purchasing.quotas"
    __table_args__ = (
        CheckConstraint(
            "ends_on IS NULL OR starts_on <= ends_on",
            name="ends_after_start",
            info={"sentence": _("A quota ends on or after the day it starts.")},
        ),
    )

    product_id: Mapped[int] = link_to("base_product.id")
    starts_on: Mapped[dt.date] = mapped_column(default=dt.date.today)
    ends_on: Mapped[dt.date | None]
    product: Mapped[Product] = relationship(Product, lazy="raise")
    lines: Mapped[list[QuotaLine]] = relationship(
        back_populates="quota", order_by="QuotaLine.position", lazy="raise"
    )

    def __str__(self) -> str:
        return str(_("Quota from %(day)s", day=self.starts_on))


class QuotaLine(Row, Base):
    """One supplier's part."""

    __tablename__ = "purchasing_quota_line"
    __part_of__ = "quota_id"
    __table_args__ = (
        CheckConstraint(
            "part > 0",
            name="part_positive",
            info={"sentence": _("A part is greater than zero.")},
        ),
    )

    quota_id: Mapped[int] = link_to("purchasing_quota.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    supplier_id: Mapped[int] = link_to("base_party.id")
    #: In percent; the parts of a product are 100 together.
    part: Mapped[Decimal] = mapped_column(Percent)
    quota: Mapped[Quota] = relationship(back_populates="lines", lazy="raise")
    supplier: Mapped[Party] = relationship(Party, lazy="raise")
