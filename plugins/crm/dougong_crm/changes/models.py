"""What the customer wants otherwise after the order was confirmed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Row, _, link_to
from dougong_base import Product, counted_in
from dougong_crm.changes.workflow import CHANGE_STEPS
from dougong_crm.db import Base
from dougong_crm.orders.models import Order, OrderLine


class Change(Document, Base):
    """New quantities, or a new date, for an order that binds both sides already."""

    __tablename__ = "crm_change"
    __document__ = "crm.changes"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'applied', 'cancelled')", name="state_known"),
    )

    order_id: Mapped[int] = link_to("crm_order.id")
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    reason: Mapped[str | None] = mapped_column(String(500))
    #: The new date; empty leaves the old one.
    promised_on: Mapped[dt.date | None]
    applied_on: Mapped[dt.date | None]
    order: Mapped[Order] = relationship(Order, lazy="raise")
    lines: Mapped[list[ChangeLine]] = relationship(
        back_populates="change", order_by="ChangeLine.position", lazy="raise"
    )

    def __str__(self) -> str:
        return str(_("Change of an order"))

    def apply(self, on: dt.date) -> None:
        """It holds from that day on."""
        CHANGE_STEPS.move(self, "apply")
        self.applied_on = on


class ChangeLine(Row, Base):
    """The new quantity of one line, in the line's unit."""

    __tablename__ = "crm_change_line"
    __part_of__ = "change_id"
    __table_args__ = (
        CheckConstraint(
            "quantity >= 0",
            name="quantity_not_negative",
            info={"sentence": _("A quantity is not negative; zero gives the line up.")},
        ),
    )

    change_id: Mapped[int] = link_to("crm_change.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    order_line_id: Mapped[int | None] = link_to("crm_order_line.id", ondelete="SET NULL")
    quantity: Mapped[Decimal] = counted_in("product_id")
    change: Mapped[Change] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    order_line: Mapped[OrderLine | None] = relationship(OrderLine, lazy="raise")
