"""Landed costs, the receipts they are for, and the share of each line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Amount, Document, Id, Json, Refused, Row, _, link_to, split
from dougong_base import Party, Product, counted_in
from dougong_purchasing.db import Base
from dougong_purchasing.landed.workflow import LANDED_STEPS
from dougong_purchasing.orders.models import Order

KINDS = {
    "freight": _("Freight"),
    "duty": _("Duty"),
    "insurance": _("Insurance"),
    "other": _("Other"),
}
METHODS = {
    "value": _("By value"),
    "weight": _("By weight"),
    "volume": _("By volume"),
    "quantity": _("By quantity"),
    "equal": _("Equally"),
}

#: What a product or its receipt must have to bear a share.
NEEDS = {"weight": _("weight"), "volume": _("volume"), "value": _("value")}


class Arrival(Row, Base):
    """A line of a receipt that came for one of our orders, as the warehouse told it."""

    __tablename__ = "purchasing_arrival"
    __table_args__ = (Index("ix_purchasing_arrival_receipt", "receipt_id", "receipt_kind"),)

    order_id: Mapped[int] = link_to("purchasing_order.id", ondelete="CASCADE")
    order_line_id: Mapped[int] = mapped_column(Id)
    product_id: Mapped[int] = link_to("base_product.id")
    receipt_kind: Mapped[str] = mapped_column(String(60))
    receipt_id: Mapped[int] = mapped_column(Id)
    receipt_number: Mapped[str] = mapped_column(String(30))
    receipt_line_id: Mapped[int] = mapped_column(Id)
    came_on: Mapped[dt.date]
    quantity: Mapped[Decimal] = counted_in("product_id")
    #: In the company's currency.
    value: Mapped[Decimal] = mapped_column(Amount)
    product: Mapped[Product] = relationship(Product, lazy="raise")


class LandedCost(Document, Base):
    """Freight, duty and insurance, shared out over what came with some receipts."""

    __tablename__ = "purchasing_landed_cost"
    __document__ = "purchasing.landed"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'allocated', 'cancelled')", name="state_known"),
        CheckConstraint(
            "method IN ('value', 'weight', 'volume', 'quantity', 'equal')", name="method_known"
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    dated_on: Mapped[dt.date] = mapped_column(default=dt.date.today)
    method: Mapped[str] = mapped_column(String(10), default="value")
    #: Who sends the bill; empty only accrues.
    supplier_id: Mapped[int | None] = link_to("base_party.id")
    reference: Mapped[str | None] = mapped_column(String(60))
    total: Mapped[Decimal] = mapped_column(default=ZERO)
    #: Whether the stock bears it, and whether a bill was drafted for it.
    valued: Mapped[bool] = mapped_column(default=False)
    billed: Mapped[bool] = mapped_column(default=False)
    #: What goods that had left bear, as the warehouse told it: product, category, amount.
    gone: Mapped[list[Any]] = mapped_column(Json, default=list)
    opposite_of_id: Mapped[int | None] = link_to("purchasing_landed_cost.id")
    supplier: Mapped[Party | None] = relationship(Party, lazy="raise")
    opposite_of: Mapped[LandedCost | None] = relationship(remote_side="LandedCost.id", lazy="raise")
    parts: Mapped[list[LandedPart]] = relationship(
        back_populates="document", order_by="LandedPart.position", lazy="raise"
    )
    receipts: Mapped[list[LandedReceipt]] = relationship(
        back_populates="document", order_by="LandedReceipt.position", lazy="raise"
    )
    shares: Mapped[list[LandedShare]] = relationship(
        back_populates="document", order_by="LandedShare.position", lazy="raise"
    )

    def __str__(self) -> str:
        return self.number or str(_("Draft of landed costs"))

    def allocate(
        self, on: dt.date, arrivals: Sequence[Arrival], currency: str
    ) -> list[LandedShare]:
        """Share the costs out, without losing a cent."""
        if not self.parts:
            raise Refused(_("%(document)s has no costs. Add what is to be shared.", document=self))
        if not arrivals:
            raise Refused(
                _("%(document)s names no goods that have come. Receive them first.", document=self)
            )
        weights = [self._weight(arrival) for arrival in arrivals]
        if not any(weights):
            raise Refused(
                _(
                    "None of the goods of %(document)s has a %(method)s. Enter it, or share the"
                    " costs out otherwise.",
                    document=self,
                    method=NEEDS.get(self.method, NEEDS["value"]),
                )
            )
        LANDED_STEPS.move(self, "allocate")
        self.dated_on = on
        self.total = sum((part.amount for part in self.parts), ZERO)
        return [
            LandedShare(
                landed_id=self.id,
                position=n,
                receipt_kind=arrival.receipt_kind,
                receipt_id=arrival.receipt_id,
                receipt_line_id=arrival.receipt_line_id,
                product_id=arrival.product_id,
                value=value,
            )
            for n, (arrival, value) in enumerate(
                zip(arrivals, split(self.total, weights, currency), strict=True)
            )
        ]

    def cancel(self) -> None:
        """It no longer counts."""
        LANDED_STEPS.move(self, "cancel")

    def _weight(self, arrival: Arrival) -> Decimal:
        if self.method == "equal":
            return Decimal(1)
        if self.method == "quantity":
            return arrival.quantity
        if self.method == "weight":
            return arrival.quantity * (arrival.product.weight or ZERO)
        if self.method == "volume":
            return arrival.quantity * (arrival.product.volume or ZERO)
        return arrival.value


class LandedPart(Row, Base):
    """One kind of cost, in the company's currency."""

    __tablename__ = "purchasing_landed_part"
    __part_of__ = "landed_id"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero",
                        info={"sentence": _("A cost of nothing is not shared.")}),
    )  # fmt: skip

    landed_id: Mapped[int] = link_to("purchasing_landed_cost.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(10), default="freight")
    #: The service on the supplier's bill.
    product_id: Mapped[int | None] = link_to("base_product.id")
    amount: Mapped[Decimal] = mapped_column(Amount)
    document: Mapped[LandedCost] = relationship(back_populates="parts", lazy="raise")
    product: Mapped[Product | None] = relationship(Product, lazy="raise")


class LandedReceipt(Row, Base):
    """An order whose goods bear the costs: one of its receipts, or all that have come."""

    __tablename__ = "purchasing_landed_receipt"
    __part_of__ = "landed_id"

    landed_id: Mapped[int] = link_to("purchasing_landed_cost.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    order_id: Mapped[int] = link_to("purchasing_order.id")
    #: The receipt's number; empty means all of them.
    receipt: Mapped[str | None] = mapped_column(String(30))
    document: Mapped[LandedCost] = relationship(back_populates="receipts", lazy="raise")
    order: Mapped[Order] = relationship(Order, lazy="raise")


class LandedShare(Row, Base):
    """What one line of a receipt bears."""

    __tablename__ = "purchasing_landed_share"
    __part_of__ = "landed_id"

    landed_id: Mapped[int] = link_to("purchasing_landed_cost.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    receipt_kind: Mapped[str] = mapped_column(String(60))
    receipt_id: Mapped[int] = mapped_column(Id)
    receipt_line_id: Mapped[int] = mapped_column(Id)
    product_id: Mapped[int] = link_to("base_product.id")
    value: Mapped[Decimal] = mapped_column(Amount)
    document: Mapped[LandedCost] = relationship(back_populates="shares", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
