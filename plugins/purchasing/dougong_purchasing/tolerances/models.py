"""What purchasing knows of products and parties: how much more than was ordered may come."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong import Percent, _, link_to
from dougong_purchasing.db import Base

_SENTENCE = {"sentence": _("A tolerance is not negative.")}


class ProductTolerance(Base):
    """For this product, whoever delivers it."""

    __tablename__ = "purchasing_product_ext"
    __table_args__ = (
        CheckConstraint("over_receipt >= 0", name="over_receipt_not_negative", info=_SENTENCE),
    )

    product_id: Mapped[int] = link_to(
        "base_product.id", ondelete="CASCADE", primary_key=True, autoincrement=False, index=False
    )
    #: In percent of what was ordered; empty: as with the supplier.
    over_receipt: Mapped[Decimal | None] = mapped_column(Percent)


class PartyTolerance(Base):
    """For this supplier, whatever he delivers."""

    __tablename__ = "purchasing_party_ext"
    __table_args__ = (
        CheckConstraint("over_receipt >= 0", name="over_receipt_not_negative", info=_SENTENCE),
    )

    party_id: Mapped[int] = link_to(
        "base_party.id", ondelete="CASCADE", primary_key=True, autoincrement=False, index=False
    )
    #: In percent of what was ordered; empty: as the company does.
    over_receipt: Mapped[Decimal | None] = mapped_column(Percent)
