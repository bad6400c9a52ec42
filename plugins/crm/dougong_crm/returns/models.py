"""What a customer sends back, and what of it has arrived."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Refused, Row, _, link_to
from dougong_base import Product, ReturnOfOrder, counted_in
from dougong_crm.db import Base
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.returns.workflow import RETURN_STEPS


class Return(ReturnOfOrder, Document, Base):
    """Goods of an order that come back and are credited once they are here."""

    __tablename__ = "crm_return"
    __document__ = "crm.returns"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'confirmed', 'done', 'cancelled')", name="state_known"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    order_id: Mapped[int] = link_to("crm_order.id")
    returned_on: Mapped[dt.date] = mapped_column(default=dt.date.today)
    reason: Mapped[str | None] = mapped_column(String(500))
    order: Mapped[Order] = relationship(Order, lazy="raise")
    lines: Mapped[list[ReturnLine]] = relationship(
        back_populates="document", order_by="ReturnLine.position", lazy="raise"
    )

    def __str__(self) -> str:
        return self.number or str(_("Draft return"))

    def confirm(self, on: dt.date) -> None:
        """Announce the goods: they may come."""
        if not self.lines:
            raise Refused(_("%(document)s has no lines. Add what comes back first.", document=self))
        RETURN_STEPS.move(self, "confirm")
        self.returned_on = on

    def cancel(self) -> None:
        """Give the draft up."""
        RETURN_STEPS.move(self, "cancel")

    def receive(self, order_line_id: int, quantity: Decimal) -> None:
        """So much of one of the order's lines has arrived."""
        self.spread(order_line_id, quantity, "received")

    def refresh(self) -> None:
        """Done once everything has arrived."""
        if self.state == "confirmed" and all(x.received >= x.quantity for x in self.lines):
            self.state = "done"


class ReturnLine(Row, Base):
    """So much of a product, in its own unit."""

    __tablename__ = "crm_return_line"
    __part_of__ = "return_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("A line needs a quantity greater than zero.")},
        ),
        CheckConstraint("received >= 0", name="received_not_negative"),
    )

    return_id: Mapped[int] = link_to("crm_return.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    #: Found when the return is confirmed.
    order_line_id: Mapped[int | None] = link_to("crm_order_line.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    received: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    document: Mapped[Return] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    order_line: Mapped[OrderLine | None] = relationship(OrderLine, lazy="raise")
