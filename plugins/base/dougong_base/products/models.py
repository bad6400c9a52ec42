"""What the house buys, keeps, makes and sells."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Price, Quantity, Record, Row, _, link_to
from dougong_base.db import Base
from dougong_base.parties.models import Party
from dougong_base.taxes.models import Tax
from dougong_base.units.counting import counted_in
from dougong_base.units.models import Unit


class Category(Record, Base):
    """A branch of the tree of products."""

    __tablename__ = "base_category"
    __document__ = "base.categories"
    __table_args__ = (
        UniqueConstraint("parent_id", "name"),
        CheckConstraint(
            "parent_id <> id",
            name="not_its_own_parent",
            info={"sentence": _("A category cannot stand below itself.")},
        ),
    )

    name: Mapped[str] = mapped_column(String(120), index=True)
    parent_id: Mapped[int | None] = link_to("base_category.id", index=False)
    active: Mapped[bool] = mapped_column(default=True)
    parent: Mapped[Category | None] = relationship(remote_side="Category.id", lazy="raise")

    def __str__(self) -> str:
        return self.name


class Product(Record, Base):
    """Goods that are kept and counted, or a service that is only billed."""

    __tablename__ = "base_product"
    __document__ = "base.products"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('goods', 'service')",
            name="kind_known",
            info={"sentence": _("A product is goods or a service.")},
        ),
        CheckConstraint(
            "tracking IN ('none', 'lot', 'serial')",
            name="tracking_known",
            info={"sentence": _("A product is traced by lot, by serial number, or not at all.")},
        ),
        CheckConstraint(
            "sales_price >= 0 AND cost_price >= 0",
            name="prices_not_negative",
            info={"sentence": _("A price is not negative.")},
        ),
        CheckConstraint(
            "lead_days >= 0",
            name="lead_days_not_negative",
            info={"sentence": _("Days are counted from zero.")},
        ),
        Index("ix_base_product_name_id", "name", "id"),
    )

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(8), default="goods")
    category_id: Mapped[int | None] = link_to("base_category.id")
    unit_id: Mapped[int] = link_to("base_unit.id", info={"counting": "unit_id"})
    sales_price: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    cost_price: Mapped[Decimal] = mapped_column(
        Price, default=ZERO, info={"needs": "base.cost.read", "classification": "confidential"}
    )
    #: The code on the article itself; packages and old codes are in ``barcodes``.
    barcode: Mapped[str | None] = mapped_column(String(40), unique=True)
    tracking: Mapped[str] = mapped_column(String(8), default="none")
    sales_tax_id: Mapped[int | None] = link_to("base_tax.id")
    purchase_tax_id: Mapped[int | None] = link_to("base_tax.id")
    #: How many days it takes until it is there once somebody asks for it.
    lead_days: Mapped[int] = mapped_column(default=0)
    weight: Mapped[Decimal | None] = mapped_column(Quantity)
    volume: Mapped[Decimal | None] = mapped_column(Quantity)
    description: Mapped[str | None] = mapped_column(String(2000))
    active: Mapped[bool] = mapped_column(default=True)

    category: Mapped[Category | None] = relationship(Category, lazy="raise")
    unit: Mapped[Unit] = relationship(Unit, lazy="raise")
    sales_tax: Mapped[Tax | None] = relationship(Tax, foreign_keys=sales_tax_id, lazy="raise")
    purchase_tax: Mapped[Tax | None] = relationship(Tax, foreign_keys=purchase_tax_id, lazy="raise")
    barcodes: Mapped[list[Barcode]] = relationship(
        back_populates="product", order_by="Barcode.position", lazy="raise"
    )
    supplier_items: Mapped[list[SupplierItem]] = relationship(
        back_populates="product", order_by="SupplierItem.position", lazy="raise"
    )

    def __str__(self) -> str:
        return self.name or self.code


class Barcode(Row, Base):
    """One more bar code of a product, of so many units."""

    __tablename__ = "base_barcode"
    __part_of__ = "product_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("A package holds more than nothing.")},
        ),
    )

    product_id: Mapped[int] = link_to("base_product.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    quantity: Mapped[Decimal] = counted_in("product_id", default=Decimal(1))
    product: Mapped[Product] = relationship(back_populates="barcodes", lazy="raise")


class SupplierItem(Row, Base):
    """What a supplier calls a product, asks for it, and how long he takes."""

    __tablename__ = "base_supplier_item"
    __part_of__ = "product_id"
    __table_args__ = (
        CheckConstraint(
            "price >= 0",
            name="price_not_negative",
            info={"sentence": _("A price is not negative.")},
        ),
        CheckConstraint(
            "minimum >= 0",
            name="minimum_not_negative",
            info={"sentence": _("A minimum quantity is not negative.")},
        ),
        CheckConstraint(
            "lead_days >= 0",
            name="lead_days_not_negative",
            info={"sentence": _("Days are counted from zero.")},
        ),
    )

    product_id: Mapped[int] = link_to("base_product.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    supplier_id: Mapped[int] = link_to("base_party.id")
    code: Mapped[str | None] = mapped_column(String(60), index=True)
    price: Mapped[Decimal] = mapped_column(
        Price, default=ZERO, info={"needs": "base.cost.read", "classification": "confidential"}
    )
    currency: Mapped[str | None] = link_to("base_currency.code", type_=String(3), index=False)
    minimum: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    lead_days: Mapped[int] = mapped_column(default=0)
    product: Mapped[Product] = relationship(back_populates="supplier_items", lazy="raise")
    supplier: Mapped[Party] = relationship(Party, lazy="raise")
