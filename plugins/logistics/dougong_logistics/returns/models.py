"""A return: why goods come back, what was expected, and what the inspection found."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, DocumentRef, Price, Refused, Row, _, link_to, pgettext
from dougong_base import Address, Party, Product, counted_in
from dougong_logistics.db import Base
from dougong_logistics.returns.workflow import RETURN_STEPS
from dougong_logistics.shipments.models import Shipment

REASONS = {
    "damaged": pgettext("return", "Damaged"), "wrong": _("Wrong goods"),
    "unwanted": _("Not wanted"), "late": _("Came too late"),
    "refused": _("Refused at the door"), "other": _("Other reason"),
}  # fmt: skip
#: What becomes of damaged goods.
FATES = {"quarantine": _("Keep apart"), "scrap": _("Keep apart, to be scrapped")}


class InspectionIncomplete(Refused):
    """Good, damaged and missing do not make up what was expected."""

    def __init__(self, line: ReturnLine) -> None:
        super().__init__(
            _(
                "Line %(line)s: good, damaged and missing make %(sum)s, but %(quantity)s were"
                " expected. Count again.",
                line=line.position + 1,
                sum=f"{(line.good + line.damaged + line.missing).normalize():f}",
                quantity=f"{line.quantity.normalize():f}",
            )
        )


class Return(Document, Base):
    """Goods that a customer sends back, with the number that he writes on the parcel."""

    __tablename__ = "logistics_return"
    __document__: ClassVar[str] = "logistics.returns"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        UniqueConstraint("source_kind", "source_id"),
        CheckConstraint("reason IN ('" + "', '".join(REASONS) + "')", name="reason_known"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    party_id: Mapped[int] = link_to("base_party.id")
    address_id: Mapped[int | None] = link_to("base_address.id")
    shipment_id: Mapped[int | None] = link_to("logistics_shipment.id")
    reason: Mapped[str] = mapped_column(String(10), default="other")
    text: Mapped[str | None] = mapped_column(String(1000))
    expected_on: Mapped[dt.date]
    received_on: Mapped[dt.date | None]
    inspected_on: Mapped[dt.date | None]
    tracking_number: Mapped[str | None] = mapped_column(String(60))
    #: Whether the customer gets the money back; not asked where sales have announced the return.
    credit: Mapped[bool] = mapped_column(default=True)
    #: Who announced it, where another department did.
    source_kind: Mapped[str | None] = mapped_column(String(60))
    source_id: Mapped[int | None]
    reference: Mapped[str | None] = mapped_column(String(60))
    #: The warehouse's receipt.
    receipt_kind: Mapped[str | None] = mapped_column(String(60))
    receipt_id: Mapped[int | None]

    party: Mapped[Party] = relationship(Party, lazy="raise")
    address: Mapped[Address | None] = relationship(Address, lazy="raise")
    shipment: Mapped[Shipment | None] = relationship(Shipment, lazy="raise")
    lines: Mapped[list[ReturnLine]] = relationship(
        back_populates="document", lazy="raise", order_by="ReturnLine.position"
    )

    @property
    def receipt(self) -> DocumentRef | None:
        """What the goods came in with."""
        if self.receipt_kind is None or self.receipt_id is None:
            return None
        return DocumentRef(self.receipt_kind, self.receipt_id)

    def announce(self, on: dt.date) -> None:
        """The goods may come."""
        if not self.lines:
            raise Refused(_("%(document)s has no lines. Add what comes back first.", document=self))
        RETURN_STEPS.move(self, "announce")
        self.expected_on = max(self.expected_on, on)

    def arrive(self, product_id: int, quantity: Decimal, lot: str = "") -> None:
        """So much of a product is here; the last line takes what is beyond."""
        mine = [line for line in self.lines if line.product_id == product_id]
        for line in mine:
            room = line.quantity - line.received
            part = quantity if line is mine[-1] else min(quantity, room)
            line.take(part, lot)
            quantity -= part

    def receive(self, on: dt.date) -> None:
        """It is here; what came is taken for good until somebody has looked."""
        RETURN_STEPS.move(self, "receive")
        self.received_on = on

    def inspect(self, on: dt.date) -> None:
        """Everything was looked at."""
        for line in self.lines:
            line.check()
        RETURN_STEPS.move(self, "inspect")
        self.inspected_on = on

    def __str__(self) -> str:
        if not self.number:
            return str(_("New return"))
        return str(_("Return %(number)s", number=self.number))


class ReturnLine(Row, Base):
    """So much of a product, expected and found."""

    __tablename__ = "logistics_return_line"
    __part_of__: ClassVar[str] = "return_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0", name="quantity_positive",
            info={"sentence": _("A line needs a quantity greater than zero.")},
        ),
        CheckConstraint(
            "received >= 0 AND good >= 0 AND damaged >= 0 AND missing >= 0 AND price >= 0",
            name="not_negative",
            info={"sentence": _("What was counted is not negative.")},
        ),
        CheckConstraint("fate IN ('" + "', '".join(FATES) + "')", name="fate_known"),
    )  # fmt: skip

    return_id: Mapped[int] = link_to("logistics_return.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    received: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    good: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    damaged: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    missing: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    fate: Mapped[str] = mapped_column(String(10), default="quarantine")
    lot: Mapped[str | None] = mapped_column(String(60))
    #: What one unit is credited with.
    price: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    note: Mapped[str | None] = mapped_column(String(400))

    document: Mapped[Return] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

    def take(self, quantity: Decimal, lot: str) -> None:
        """So much more has come."""
        self.received += quantity
        self.good += quantity
        self.missing = max(self.quantity - self.received, ZERO)
        self.lot = lot or self.lot

    def check(self) -> None:
        """Everything expected was found, or is missing."""
        if self.good + self.damaged + self.missing != max(self.quantity, self.received):
            raise InspectionIncomplete(self)
        if self.good + self.damaged > self.received:
            raise Refused(
                _(
                    "Line %(line)s: only %(received)s have come. Count again.",
                    line=self.position + 1,
                    received=f"{self.received.normalize():f}",
                )
            )
