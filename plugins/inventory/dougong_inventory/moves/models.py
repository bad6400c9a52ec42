"""A stock move: goods went from one place to another. Written once, never changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Amount, Owned, Row, _, link_to, pgettext
from dougong_base import Party, Product, counted_in
from dougong_inventory.db import Base
from dougong_inventory.lots.models import Lot
from dougong_inventory.warehouses.models import Location

REASONS = {
    "shipment": _("Shipment"),
    "receipt": pgettext("goods", "Receipt"),
    "return": _("Return"),
    "supplier_return": _("Return to supplier"),
    "opening": _("Opening stock"),
    "adjustment": _("Adjustment"),
    "scrap": _("Scrap"),
    "transfer": _("Transfer"),
    "issue": _("Material for production"),
    "production": _("Production"),
    "landed_cost": _("Landed cost"),
}


class Move(Owned, Row, Base):
    """So much of a product went from here to there, because of a document."""

    __tablename__ = "inventory_move"
    __document__: ClassVar[str] = "inventory.moves"
    __table_args__ = (
        # A move without a quantity only adds value to what lies there: landed cost.
        CheckConstraint("quantity > 0 OR (quantity = 0 AND value <> 0)", name="quantity_positive"),
        CheckConstraint(
            "change = quantity OR change = -quantity OR (change = 0 AND value = 0)",
            name="change_told",
        ),
        CheckConstraint(
            "(change >= 0 OR value <= 0) AND (change <= 0 OR value >= 0)", name="value_follows"
        ),
        Index("ix_inventory_move_day", "company_id", "moved_on", "product_id"),
        Index("ix_inventory_move_product", "product_id", "moved_on", "id"),
        Index("ix_inventory_move_document", "document_id"),
        Index("ix_inventory_move_source", "source_id", "product_id"),
    )

    moved_on: Mapped[dt.date]
    written_at: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(String(16))
    product_id: Mapped[int] = link_to("base_product.id", index=False)
    lot_id: Mapped[int | None] = link_to("inventory_lot.id")
    from_id: Mapped[int] = link_to("inventory_location.id")
    to_id: Mapped[int] = link_to("inventory_location.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    #: What it did to the stock of the house: the quantity came in, went out (negative) or stayed (0).
    change: Mapped[Decimal] = counted_in("product_id")
    #: What it did to the value of the stock, in the company's currency.
    value: Mapped[Decimal] = mapped_column(
        Amount, default=ZERO, info={"needs": "base.cost.read", "classification": "confidential"}
    )
    party_id: Mapped[int | None] = link_to("base_party.id")
    #: The document that moved the goods, its line and its number as far as it had one.
    document_kind: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    line_id: Mapped[int | None]
    reference: Mapped[str] = mapped_column(String(40), default="")
    #: What asked for it: the sales order, and the line of it.
    source_kind: Mapped[str | None] = mapped_column(String(60))
    source_id: Mapped[int | None]
    source_line_id: Mapped[int | None]

    product: Mapped[Product] = relationship(Product, lazy="raise")
    lot: Mapped[Lot | None] = relationship(Lot, lazy="raise")
    origin: Mapped[Location] = relationship(Location, foreign_keys=[from_id], lazy="raise")
    destination: Mapped[Location] = relationship(Location, foreign_keys=[to_id], lazy="raise")
    party: Mapped[Party | None] = relationship(Party, lazy="raise")
