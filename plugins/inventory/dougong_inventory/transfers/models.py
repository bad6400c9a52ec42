"""A transfer: goods are carried from one place of the house to another."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    Ask,
    Document,
    Refused,
    Row,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
)  # fmt: skip
from dougong_base import Product, counted_in
from dougong_inventory.db import Base
from dougong_inventory.lots.models import Lot
from dougong_inventory.warehouses.models import Location

_transfer = later("dougong_inventory.transfers.service:transfer")
_cancel = later("dougong_inventory.transfers.service:cancel")


TRANSFER_STEPS = Workflow(
    "inventory.transfers",
    states=[
        State("draft", _("Draft"), editable=True),
        State("done", _("Done"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "transfer", _("Transfer"), ["draft"], "done", "inventory.transfer.transfer", _transfer,
            primary=True, icon="transfer", asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "cancel", _("Cancel"), ["draft"], "cancelled", "inventory.transfer.write", _cancel,
            icon="ban",
        ),
    ],
)  # fmt: skip


class TransferIsEmpty(Refused):
    """Nothing is to be carried."""

    def __init__(self) -> None:
        super().__init__(_("The transfer has no lines; add one first."))


class Transfer(Document, Base):
    """Goods that go from one place of the house to another, in a warehouse or between two."""

    __tablename__ = "inventory_transfer"
    __document__: ClassVar[str] = "inventory.transfers"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint(
            "origin_id <> destination_id",
            name="somewhere_else",
            info={"sentence": _("Goods are transferred to another place than where they are.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    origin_id: Mapped[int] = link_to("inventory_location.id")
    destination_id: Mapped[int] = link_to("inventory_location.id")
    transferred_on: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(String(2000))

    lines: Mapped[list[TransferLine]] = relationship(
        back_populates="transfer", lazy="raise", order_by="TransferLine.position"
    )
    origin: Mapped[Location] = relationship(Location, foreign_keys=[origin_id], lazy="raise")
    destination: Mapped[Location] = relationship(
        Location, foreign_keys=[destination_id], lazy="raise"
    )

    def carry_out(self, on: dt.date) -> None:
        """The goods are at their new place."""
        if not self.lines:
            raise TransferIsEmpty
        TRANSFER_STEPS.move(self, "transfer")
        self.transferred_on = on

    def __str__(self) -> str:
        if not self.number:
            return str(_("New transfer"))
        return str(_("Transfer %(number)s", number=self.number))


class TransferLine(Row, Base):
    """So much of a product, of a lot where it is traced."""

    __tablename__ = "inventory_transfer_line"
    __part_of__: ClassVar[str] = "transfer_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("The quantity of a transfer line is greater than zero.")},
        ),
    )

    transfer_id: Mapped[int] = link_to("inventory_transfer.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    lot_id: Mapped[int | None] = link_to("inventory_lot.id")

    transfer: Mapped[Transfer] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    lot: Mapped[Lot | None] = relationship(Lot, lazy="raise")
