"""A receipt: goods from a supplier, from production, or back from a customer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Price, Refused, Row, _, link_to
from dougong_base import Party, Product, Sourced, counted_in
from dougong_inventory.db import Base
from dougong_inventory.receipts.workflow import RECEIPT_STEPS
from dougong_inventory.warehouses.models import Location, Warehouse

#: Whom the goods come from.
KINDS = {
    "purchase": _("From the supplier"),
    "return": _("Back from the customer"),
    "production": _("From production"),
}
#: Why stock moves, and the place outside it comes from.
WAYS = {
    "purchase": ("receipt", "suppliers"),
    "return": ("return", "customers"),
    "production": ("production", "production"),
}


class ReceiptIsEmpty(Refused):
    """Nothing is to come in."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(
            _("%(receipt)s has nothing to receive; add a line first.", receipt=receipt)
        )


class Receipt(Sourced, Document, Base):
    """Goods that are to come into the house."""

    __tablename__ = "inventory_receipt"
    __document__: ClassVar[str] = "inventory.receipts"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind_known"),
        Index("ix_inventory_receipt_due", "state", "expected_on", "id"),
        Index("ix_inventory_receipt_source", "source_id", "source_kind"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    warehouse_id: Mapped[int] = link_to("inventory_warehouse.id")
    #: The place they are put; empty means the stock of the warehouse.
    location_id: Mapped[int | None] = link_to("inventory_location.id")
    party_id: Mapped[int | None] = link_to("base_party.id")
    kind: Mapped[str] = mapped_column(String(12), default="purchase")
    expected_on: Mapped[dt.date | None]
    received_on: Mapped[dt.date | None]
    reference: Mapped[str | None] = mapped_column(String(60))
    backorder_of_id: Mapped[int | None] = link_to("inventory_receipt.id")
    note: Mapped[str | None] = mapped_column(String(2000))

    lines: Mapped[list[ReceiptLine]] = relationship(
        back_populates="receipt", lazy="raise", order_by="ReceiptLine.position"
    )
    warehouse: Mapped[Warehouse] = relationship(Warehouse, lazy="raise")
    location: Mapped[Location | None] = relationship(Location, lazy="raise")
    party: Mapped[Party | None] = relationship(Party, lazy="raise")
    backorder_of: Mapped[Receipt | None] = relationship(remote_side="Receipt.id", lazy="raise")

    @property
    def returned(self) -> bool:
        """Whether a customer sends the goods back."""
        return self.kind == "return"

    def expect(self) -> None:
        """The goods are on their way."""
        if not self.lines:
            raise ReceiptIsEmpty(self)
        RECEIPT_STEPS.move(self, "expect")

    def receive(self, on: dt.date, quantities: Mapping[int, Decimal] | None = None) -> None:
        """The goods are here: what was said, what was entered as arrived, or all of them."""
        RECEIPT_STEPS.move(self, "receive")
        self.received_on = on
        some = quantities is not None and any(line.id in quantities for line in self.lines)
        for line in self.lines:
            asked = line.quantity if line.arrived is None else line.arrived
            if some and quantities is not None:
                asked = quantities.get(line.id, ZERO)
            line.received, line.arrived = asked, None
        if not any(line.received for line in self.lines):
            raise ReceiptIsEmpty(self)

    def cancel(self) -> None:
        """The goods will not come."""
        RECEIPT_STEPS.move(self, "cancel")

    def rest(self) -> Receipt | None:
        """A new receipt of what has not come, or None when everything has."""
        left = [line for line in self.lines if line.received < line.quantity]
        if not left:
            return None
        return Receipt(
            company_id=self.company_id,
            state="expected",
            warehouse_id=self.warehouse_id,
            location_id=self.location_id,
            party_id=self.party_id,
            kind=self.kind,
            expected_on=self.expected_on,
            source_kind=self.source_kind,
            source_id=self.source_id,
            reference=self.reference,
            backorder_of_id=self.id,
            lines=[line.rest() for line in left],
        )

    def __str__(self) -> str:
        if not self.number:
            return str(_("New receipt"))
        return str(_("Receipt %(number)s", number=self.number))


class ReceiptLine(Row, Base):
    """So much of a product in a receipt."""

    __tablename__ = "inventory_receipt_line"
    __part_of__: ClassVar[str] = "receipt_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("The quantity of a receipt line is greater than zero.")},
        ),
        CheckConstraint(
            "received >= 0 AND (arrived IS NULL OR arrived >= 0)",
            name="received_not_negative",
            info={"sentence": _("Not less than nothing can be received.")},
        ),
        CheckConstraint(
            "unit_cost >= 0",
            name="unit_cost_not_negative",
            info={"sentence": _("A cost is not negative.")},
        ),
    )

    receipt_id: Mapped[int] = link_to("inventory_receipt.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    #: What has really come; empty means all of it.
    arrived: Mapped[Decimal | None] = counted_in("product_id")
    received: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: In the company's currency; empty means the product's cost price.
    unit_cost: Mapped[Decimal | None] = mapped_column(
        Price, info={"needs": "base.cost.read", "classification": "confidential"}
    )
    #: The lot number, or the serial numbers separated by commas.
    lots: Mapped[str | None] = mapped_column(String(4000))
    expires_on: Mapped[dt.date | None]
    source_line_id: Mapped[int | None]

    receipt: Mapped[Receipt] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

    def rest(self) -> ReceiptLine:
        """A new line of what has not come."""
        return ReceiptLine(
            product_id=self.product_id,
            quantity=self.quantity - self.received,
            unit_cost=self.unit_cost,
            received=ZERO,
            source_line_id=self.source_line_id,
        )
