"""A production order: its quantities, its dates and its costs; material and by-products as lines."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Amount,
    Document,
    Id,
    Percent,
    Refused,
    Row,
    _,
    link_to,
    rounded_to,
)
from dougong_base import Product, Sourced, counted_in
from dougong_production.boms.models import Bom
from dougong_production.db import Base
from dougong_production.orders.workflow import ORDER_STEPS, UNDERWAY
from dougong_production.work_centres.models import CONFIDENTIAL

if TYPE_CHECKING:
    from dougong_production.work_orders.models import WorkOrder

POSITIVE = _("A quantity is greater than zero.")


class Order(Sourced, Document, Base):
    """So much of a product is made, of the material and by the work written here."""

    __tablename__ = "production_order"
    __document__: ClassVar[str] = "production.orders"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("quantity > 0", name="quantity_positive", info={"sentence": POSITIVE}),
        CheckConstraint(
            "finished >= 0 AND scrapped >= 0",
            name="made_not_negative",
            info={"sentence": _("What is made is counted from zero.")},
        ),
        CheckConstraint(
            "state IN ('draft', 'released', 'started', 'done', 'closed', 'cancelled')",
            name="state_known",
        ),
        Index("ix_production_order_state_due_on", "state", "due_on"),
        Index("ix_production_order_source", "source_kind", "source_id"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    product_id: Mapped[int] = link_to("base_product.id")
    bom_id: Mapped[int | None] = link_to("production_bom.id")
    #: All quantities are in the product's own unit.
    quantity: Mapped[Decimal] = counted_in("product_id")
    finished: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    scrapped: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    starts_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    released_on: Mapped[dt.date | None]
    finished_on: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]
    #: The warehouses are another department's.
    warehouse_id: Mapped[int | None] = mapped_column(Id)
    #: Material is taken as goods come in; otherwise somebody issues it.
    backflush: Mapped[bool] = mapped_column(default=True)
    lot: Mapped[str | None] = mapped_column(String(40))
    reference: Mapped[str | None] = mapped_column(String(80))
    note: Mapped[str | None] = mapped_column(String(2000))
    #: Whether somebody counted stock when it was released: only then its costs reach the books.
    stocked: Mapped[bool] = mapped_column(default=False)
    #: Since when, where it was under way before, and what it had cost by then.
    counted_on: Mapped[dt.date | None]
    opening_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    planned_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    material_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    labour_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    overhead_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    #: What the goods that came out of it were valued at.
    received_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    variance: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)

    product: Mapped[Product] = relationship(Product, lazy="raise")
    bom: Mapped[Bom | None] = relationship(Bom, lazy="raise")
    materials: Mapped[list[Material]] = relationship(
        back_populates="order", order_by="Material.position", lazy="raise"
    )
    by_products: Mapped[list[ByProduct]] = relationship(
        back_populates="order", order_by="ByProduct.position", lazy="raise"
    )
    work: Mapped[list[WorkOrder]] = relationship(
        "WorkOrder", back_populates="order", order_by="WorkOrder.sequence", lazy="raise"
    )

    def __str__(self) -> str:
        return self.number or str(_("Draft of a production order"))

    @property
    def made(self) -> Decimal:
        """What has been worked on to the end, good or not."""
        return self.finished + self.scrapped

    @property
    def open_quantity(self) -> Decimal:
        """What is still to come."""
        return max(self.quantity - self.made, ZERO)

    @property
    def actual_cost(self) -> Decimal:
        """What it has cost so far."""
        return self.material_cost + self.labour_cost + self.overhead_cost

    @property
    def underway_cost(self) -> Decimal:
        """What is still in work: neither on the shelves nor booked as a variance."""
        return self.actual_cost - self.received_cost - self.variance

    def release(self, on: dt.date) -> None:
        """It may be made from now on."""
        if not self.materials:
            raise Refused(
                _(
                    "%(order)s has no material. Give %(product)s a bill of materials that is in"
                    " force, or enter the material.",
                    order=self,
                    product=self.product,
                )
            )
        ORDER_STEPS.move(self, "release")
        self.released_on = on

    def begin(self) -> None:
        """Somebody has begun with it."""
        if self.state == "released":
            self.state = "started"

    def must_be_underway(self) -> None:
        """Refuse what is done to an order that is not released, or done already."""
        if self.state not in UNDERWAY:
            raise Refused(
                _(
                    "%(order)s is %(state)s: nothing can be issued, worked on or taken in.",
                    order=self,
                    state=ORDER_STEPS.state(self.state).label,
                )
            )

    def make(self, quantity: Decimal, tolerance: Decimal, on: dt.date, *, good: bool) -> None:
        """So much is made, good or scrapped; refuses more than was ordered and is tolerated."""
        self.must_be_underway()
        if quantity <= 0:
            raise Refused(_("Enter a quantity greater than zero."))
        most = rounded_to(self.quantity * (100 + tolerance) / 100) - self.made
        if quantity > most:
            raise TooMuchMade(self, quantity, most)
        self.begin()
        if good:
            self.finished += quantity
        else:
            self.scrapped += quantity
        if self.made >= self.quantity:
            ORDER_STEPS.move(self, "finish")
            self.finished_on = on


class TooMuchMade(Refused):
    """More comes out than was ordered."""

    def __init__(self, order: Order, quantity: Decimal, most: Decimal) -> None:
        super().__init__(
            _(
                "%(order)s: %(quantity)s cannot be taken in, at most %(most)s may still come."
                " Raise the order's quantity, or the tolerance in the settings.",
                order=order,
                quantity=f"{quantity.normalize():f}",
                most=f"{max(most, ZERO).normalize():f}",
            )
        )


class Material(Row, Base):
    """A component of an order: how much it takes, how much was handed over, and its cost."""

    __tablename__ = "production_material"
    __part_of__: ClassVar[str] = "order_id"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive", info={"sentence": POSITIVE}),
        CheckConstraint(
            "issued >= 0",
            name="issued_not_negative",
            info={"sentence": _("Not more can come back than was issued.")},
        ),
    )

    order_id: Mapped[int] = link_to("production_order.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    issued: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: What the next issue takes; negative comes back. Empty: all that is open.
    to_issue: Mapped[Decimal | None] = counted_in("product_id")
    lot: Mapped[str | None] = mapped_column(String(40))
    #: The operation that takes it, by its sequence.
    operation: Mapped[int | None]
    planned_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)

    order: Mapped[Order] = relationship(back_populates="materials", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

    @property
    def open_quantity(self) -> Decimal:
        """What was not handed over yet."""
        return max(self.quantity - self.issued, ZERO)


class ByProduct(Row, Base):
    """What comes out of an order beside its product."""

    __tablename__ = "production_by_product"
    __part_of__: ClassVar[str] = "order_id"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive", info={"sentence": POSITIVE}),
    )

    order_id: Mapped[int] = link_to("production_order.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    received: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    cost_share: Mapped[Decimal] = mapped_column(Percent, default=ZERO)

    order: Mapped[Order] = relationship(back_populates="by_products", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
