"""A bill of materials: components, by-products and operations that make so much of a product."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Percent, Price, Quantity, Row, _, link_to
from dougong_base import Product, Unit, counted_in
from dougong_production.db import Base
from dougong_production.work_centres.models import CONFIDENTIAL, WorkCentre

POSITIVE = _("A quantity is greater than zero.")


class Bom(Document, Base):
    """One version of how a product is made."""

    __tablename__ = "production_bom"
    __document__: ClassVar[str] = "production.boms"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint("quantity > 0", name="quantity_positive", info={"sentence": POSITIVE}),
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name="valid_in_order",
            info={"sentence": _("A version ends on or after the day it begins.")},
        ),
        Index("ix_production_bom_product_active", "product_id", "active"),
    )

    code: Mapped[str] = mapped_column(String(40))
    product_id: Mapped[int] = link_to("base_product.id", index=False)
    #: How much the lines make.
    quantity: Mapped[Decimal] = counted_in("unit_id", default=Decimal(1))
    unit_id: Mapped[int | None] = link_to("base_unit.id", index=False)
    #: The same in the product's own unit.
    own_quantity: Mapped[Decimal] = counted_in("product_id", default=Decimal(1))
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str | None] = mapped_column(String(2000))

    product: Mapped[Product] = relationship(Product, lazy="raise")
    unit: Mapped[Unit | None] = relationship(Unit, lazy="raise")
    variants: Mapped[list[BomVariant]] = relationship(
        back_populates="bom", order_by="BomVariant.position", lazy="raise"
    )
    lines: Mapped[list[BomLine]] = relationship(
        back_populates="bom", order_by="BomLine.position", lazy="raise"
    )
    by_products: Mapped[list[BomByProduct]] = relationship(
        back_populates="bom", order_by="BomByProduct.position", lazy="raise"
    )
    operations: Mapped[list[BomOperation]] = relationship(
        back_populates="bom", order_by="BomOperation.sequence", lazy="raise"
    )

    def __str__(self) -> str:
        return self.code or str(_("New bill of materials"))

    @property
    def makes(self) -> list[int]:
        """The products that are made like this, the usual one first."""
        others = [variant.product_id for variant in self.variants if variant.product_id]
        return [self.product_id, *others] if self.product_id else others

    def lines_of(self, product_id: int | None) -> list[BomLine]:
        """The components of one of these products; without it, of the usual one."""
        made = product_id or self.product_id
        return [line for line in self.lines if line.only_id is None or line.only_id == made]

    def in_force(self, on: dt.date) -> bool:
        """Whether goods are made like this on that day."""
        return (
            self.active
            and (self.valid_from is None or self.valid_from <= on)
            and (self.valid_to is None or self.valid_to >= on)
        )

    def overlaps(self, other: Bom) -> bool:
        """Whether there is a day on which both would be in force."""
        starts = max(self.valid_from or dt.date.min, other.valid_from or dt.date.min)
        ends = min(self.valid_to or dt.date.max, other.valid_to or dt.date.max)
        return self.active and other.active and starts <= ends


class BomVariant(Row, Base):
    """Another product that is made like this, but for the lines that are only for some."""

    __tablename__ = "production_bom_variant"
    __part_of__: ClassVar[str] = "bom_id"
    __table_args__ = (UniqueConstraint("bom_id", "product_id"),)

    bom_id: Mapped[int] = link_to("production_bom.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")

    bom: Mapped[Bom] = relationship(back_populates="variants", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")


class BomLine(Row, Base):
    """A component: how much of it the quantity of the bill takes."""

    __tablename__ = "production_bom_line"
    __part_of__: ClassVar[str] = "bom_id"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive", info={"sentence": POSITIVE}),
        CheckConstraint(
            "scrap >= 0",
            name="scrap_not_negative",
            info={"sentence": _("Scrap is not negative.")},
        ),
    )

    bom_id: Mapped[int] = link_to("production_bom.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(1))
    unit_id: Mapped[int | None] = link_to("base_unit.id", index=False)
    own_quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(1))
    #: So many percent more is taken than goes into the product.
    scrap: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    #: Not kept in stock: what it is made of is taken instead.
    phantom: Mapped[bool] = mapped_column(default=False)
    #: Of the lines of one group only one is taken, the lowest priority first.
    group: Mapped[str | None] = mapped_column("group_name", String(20))
    priority: Mapped[int] = mapped_column(default=1)
    #: The operation that takes it, by its sequence.
    operation: Mapped[int | None]
    #: Taken only for this one of the bill's products; otherwise for all of them.
    only_id: Mapped[int | None] = link_to("base_product.id")

    bom: Mapped[Bom] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, foreign_keys=[product_id], lazy="raise")
    only: Mapped[Product | None] = relationship(Product, foreign_keys=[only_id], lazy="raise")
    unit: Mapped[Unit | None] = relationship(Unit, lazy="raise")


class BomByProduct(Row, Base):
    """What comes out beside the product, and its share of the cost."""

    __tablename__ = "production_bom_by_product"
    __part_of__: ClassVar[str] = "bom_id"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive", info={"sentence": POSITIVE}),
        CheckConstraint(
            "cost_share >= 0",
            name="share_not_negative",
            info={"sentence": _("A share of the cost is not negative.")},
        ),
    )

    bom_id: Mapped[int] = link_to("production_bom.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(1))
    cost_share: Mapped[Decimal] = mapped_column(Percent, default=ZERO)

    bom: Mapped[Bom] = relationship(back_populates="by_products", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")


class BomOperation(Row, Base):
    """A piece of work: where, how long to set up, how long for one unit."""

    __tablename__ = "production_bom_operation"
    __part_of__: ClassVar[str] = "bom_id"
    __table_args__ = (
        UniqueConstraint("bom_id", "sequence"),
        CheckConstraint(
            "setup_minutes >= 0 AND run_minutes >= 0",
            name="minutes_not_negative",
            info={"sentence": _("Minutes are counted from zero.")},
        ),
        CheckConstraint(
            "overlap >= 0",
            name="overlap_not_negative",
            info={"sentence": _("The overlap is not negative.")},
        ),
        CheckConstraint(
            "external_price >= 0",
            name="price_not_negative",
            info={"sentence": _("A price is not negative.")},
        ),
    )

    bom_id: Mapped[int] = link_to("production_bom.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=10)
    name: Mapped[str] = mapped_column(String(80))
    work_centre_id: Mapped[int] = link_to("production_work_centre.id")
    setup_minutes: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    run_minutes: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    #: The next operation may begin when all but so many percent are done.
    overlap: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    #: Somebody outside does it, for a price for each unit.
    external: Mapped[bool] = mapped_column(default=False)
    external_price: Mapped[Decimal] = mapped_column(Price, default=ZERO, info=CONFIDENTIAL)

    bom: Mapped[Bom] = relationship(back_populates="operations", lazy="raise")
    work_centre: Mapped[WorkCentre] = relationship(WorkCentre, lazy="raise")
