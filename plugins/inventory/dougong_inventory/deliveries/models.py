"""A delivery: goods for a customer, for production, or back to a supplier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Refused, Row, _, link_to
from dougong_base import Address, Party, Product, Sourced, counted_in
from dougong_inventory.db import Base
from dougong_inventory.deliveries.workflow import DELIVERY_STEPS, OPEN
from dougong_inventory.lots.models import Lot
from dougong_inventory.warehouses.models import Location, Warehouse

#: Who the goods are for.
KINDS = {
    "sale": _("To the customer"),
    "supplier_return": _("Back to the supplier"),
    "production": _("To production"),
}
#: Why stock moves, and the place outside it goes to.
WAYS = {
    "sale": ("shipment", "customers"),
    "supplier_return": ("supplier_return", "suppliers"),
    "production": ("issue", "production"),
}


class DeliveryIsEmpty(Refused):
    """Nothing is to be delivered."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(_("%(delivery)s has no lines; add one first.", delivery=delivery))


class TooMuchShipped(Refused):
    """More than was ordered."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(
            _(
                "%(delivery)s: not more than the quantity of a line can be shipped, and not less"
                " than nothing.",
                delivery=delivery,
            )
        )


class Delivery(Sourced, Document, Base):
    """Goods that are to leave the house: reserved as far as there is stock, then shipped."""

    __tablename__ = "inventory_delivery"
    __document__: ClassVar[str] = "inventory.deliveries"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind_known"),
        Index("ix_inventory_delivery_due", "state", "promised_on", "id"),
        Index("ix_inventory_delivery_source", "source_id", "source_kind"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    warehouse_id: Mapped[int] = link_to("inventory_warehouse.id")
    party_id: Mapped[int | None] = link_to("base_party.id")
    address_id: Mapped[int | None] = link_to("base_address.id", ondelete="SET NULL")
    #: Where the goods go: to the customers, or to the suppliers when they go back.
    destination_id: Mapped[int | None] = link_to("inventory_location.id")
    kind: Mapped[str] = mapped_column(String(16), default="sale")
    promised_on: Mapped[dt.date | None]
    shipped_on: Mapped[dt.date | None]
    reference: Mapped[str | None] = mapped_column(String(60))
    backorder_of_id: Mapped[int | None] = link_to("inventory_delivery.id")
    note: Mapped[str | None] = mapped_column(String(2000))

    lines: Mapped[list[DeliveryLine]] = relationship(
        back_populates="delivery", lazy="raise", order_by="DeliveryLine.position"
    )
    warehouse: Mapped[Warehouse] = relationship(Warehouse, lazy="raise")
    party: Mapped[Party | None] = relationship(Party, lazy="raise")
    address: Mapped[Address | None] = relationship(Address, lazy="raise")
    destination: Mapped[Location | None] = relationship(Location, lazy="raise")
    backorder_of: Mapped[Delivery | None] = relationship(remote_side="Delivery.id", lazy="raise")

    def plan(self) -> None:
        """From now on stock is put aside for it."""
        if not self.lines:
            raise DeliveryIsEmpty(self)
        DELIVERY_STEPS.move(self, "plan")

    def weigh(self) -> None:
        """Take the state that the reservations say: waiting, partly or wholly ready."""
        reserved = sum((line.reserved for line in self.lines), ZERO)
        whole = all(line.reserved >= line.quantity for line in self.lines)
        self.state = "ready" if whole else "partial" if reserved else "waiting"

    def must_be_open(self) -> None:
        """Say in a sentence when nothing of it can leave any more, or not yet."""
        if self.state not in OPEN:
            DELIVERY_STEPS.move(self, "ship")

    def to_ship(self, quantities: Mapping[int, Decimal] | None = None) -> dict[int, Decimal]:
        """What of each line leaves now: what was asked, what was picked, or all that is reserved."""
        leaving = {}
        for line in self.lines:
            if quantities is not None and line.id in quantities:
                asked = quantities[line.id]
            elif quantities is not None and any(x.id in quantities for x in self.lines):
                asked = ZERO
            else:
                asked = line.reserved if line.picked is None else line.picked
            if not ZERO <= asked <= line.quantity:
                raise TooMuchShipped(self)
            leaving[line.id] = asked
        return leaving

    def ship(self, leaving: Mapping[int, Decimal], on: dt.date) -> None:
        """The goods have left; what did not is no longer this delivery's."""
        DELIVERY_STEPS.move(self, "ship")
        self.shipped_on = on
        for line in self.lines:
            line.shipped, line.reserved = leaving.get(line.id, ZERO), ZERO
            line.picked = None

    def cancel(self) -> None:
        """The goods will not leave."""
        DELIVERY_STEPS.move(self, "cancel")
        for line in self.lines:
            line.reserved = ZERO

    def rest(self) -> Delivery | None:
        """A new delivery of what has not left, or None when everything has."""
        left = [line for line in self.lines if line.shipped < line.quantity]
        if not left:
            return None
        return Delivery(
            company_id=self.company_id,
            state="waiting",
            warehouse_id=self.warehouse_id,
            party_id=self.party_id,
            address_id=self.address_id,
            destination_id=self.destination_id,
            kind=self.kind,
            promised_on=self.promised_on,
            source_kind=self.source_kind,
            source_id=self.source_id,
            reference=self.reference,
            backorder_of_id=self.id,
            lines=[line.rest() for line in left],
        )

    def __str__(self) -> str:
        if not self.number:
            return str(_("New delivery"))
        return str(_("Delivery %(number)s", number=self.number))


class DeliveryLine(Row, Base):
    """So much of a product in a delivery."""

    __tablename__ = "inventory_delivery_line"
    __part_of__: ClassVar[str] = "delivery_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("The quantity of a delivery line is greater than zero.")},
        ),
        CheckConstraint(
            "reserved >= 0 AND shipped >= 0 AND reserved + shipped <= quantity",
            name="within_quantity",
            info={
                "sentence": _("Not more than the quantity of a line can be reserved and shipped.")
            },
        ),
        CheckConstraint(
            "picked >= 0 AND picked <= quantity",
            name="picked_within_quantity",
            info={"sentence": _("Not more than the quantity of a line can be picked.")},
        ),
    )

    delivery_id: Mapped[int] = link_to("inventory_delivery.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    reserved: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: What is to leave with the next shipping; empty means all that is reserved.
    picked: Mapped[Decimal | None] = counted_in("product_id")
    shipped: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: Only this lot will do; empty takes what expires first.
    lot_id: Mapped[int | None] = link_to("inventory_lot.id")
    source_line_id: Mapped[int | None]
    description: Mapped[str | None] = mapped_column(String(400))

    delivery: Mapped[Delivery] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    lot: Mapped[Lot | None] = relationship(Lot, lazy="raise")

    def rest(self) -> DeliveryLine:
        """A new line of what has not left."""
        return DeliveryLine(
            product_id=self.product_id,
            quantity=self.quantity - self.shipped,
            reserved=ZERO,
            shipped=ZERO,
            lot_id=self.lot_id,
            source_line_id=self.source_line_id,
            description=self.description,
        )
