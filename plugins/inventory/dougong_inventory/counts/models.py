"""A count: somebody looks what is there, and the books are set right."""

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

_fill = later("dougong_inventory.counts.service:fill_sheets")
_adjust = later("dougong_inventory.counts.service:adjust")
_cancel = later("dougong_inventory.counts.service:cancel")


COUNT_STEPS = Workflow(
    "inventory.counts",
    states=[
        State("draft", _("Draft"), editable=True),
        State("done", _("Done"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "fill", _("Fill the sheet"), ["draft"], "draft", "inventory.count.write", _fill,
            icon="list-details",
        ),
        Step(
            "adjust", _("Adjust stock"), ["draft"], "done", "inventory.count.adjust", _adjust,
            primary=True, icon="checks", asks=[Ask("on", _("Date"), "date")],
            confirm=_("The stock becomes what was counted."),
        ),
        Step(
            "cancel", _("Cancel"), ["draft"], "cancelled", "inventory.count.write", _cancel,
            icon="ban",
        ),
    ],
)  # fmt: skip


class CountIsEmpty(Refused):
    """Nothing was counted."""

    def __init__(self) -> None:
        super().__init__(_("No line of the count says what was counted. Enter a quantity first."))


class CountedTwice(Refused):
    """One line for each product, place and lot."""

    def __init__(self) -> None:
        super().__init__(
            _("The count names the same product and lot twice. Put them into one line.")
        )


class Count(Document, Base):
    """A sheet on which is written what lies at a place."""

    __tablename__ = "inventory_count"
    __document__: ClassVar[str] = "inventory.counts"
    __table_args__ = (UniqueConstraint("company_id", "number"),)

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    location_id: Mapped[int] = link_to("inventory_location.id")
    counted_on: Mapped[dt.date | None]
    #: Why it was counted, or why it differs.
    reason: Mapped[str | None] = mapped_column(String(200))

    lines: Mapped[list[CountLine]] = relationship(
        back_populates="count", lazy="raise", order_by="CountLine.position"
    )
    location: Mapped[Location] = relationship(Location, lazy="raise")

    def close(self, on: dt.date) -> list[CountLine]:
        """The sheet is finished; returns the lines on which something was counted."""
        counted = [line for line in self.lines if line.counted is not None]
        if not counted:
            raise CountIsEmpty
        if len({(line.product_id, line.lot_id) for line in counted}) != len(counted):
            raise CountedTwice
        COUNT_STEPS.move(self, "adjust")
        self.counted_on = on
        return counted

    def __str__(self) -> str:
        if not self.number:
            return str(_("New count"))
        return str(_("Count %(number)s", number=self.number))


class CountLine(Row, Base):
    """What was counted of a product, of a lot where it is traced."""

    __tablename__ = "inventory_count_line"
    __part_of__: ClassVar[str] = "count_id"
    __table_args__ = (
        CheckConstraint(
            "counted >= 0",
            name="counted_not_negative",
            info={"sentence": _("Not less than nothing can be counted.")},
        ),
    )

    count_id: Mapped[int] = link_to("inventory_count.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    lot_id: Mapped[int | None] = link_to("inventory_lot.id")
    #: What the books said when the sheet was filled, and finally when the stock was adjusted.
    expected: Mapped[Decimal | None] = counted_in("product_id")
    #: Empty means not counted.
    counted: Mapped[Decimal | None] = counted_in("product_id")
    difference: Mapped[Decimal | None] = counted_in("product_id")

    count: Mapped[Count] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    lot: Mapped[Lot | None] = relationship(Lot, lazy="raise")

    def settle(self, on_hand: Decimal) -> Decimal:
        """Note what the books said, and return by how much they were wrong."""
        assert self.counted is not None
        self.expected, self.difference = on_hand, self.counted - on_hand
        return self.difference
