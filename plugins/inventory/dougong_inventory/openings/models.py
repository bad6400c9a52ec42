"""Opening stock: what was there when the books were opened, and what it was worth."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    Ask,
    Document,
    Price,
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
from dougong_inventory.warehouses.models import Location, Warehouse

_open = later("dougong_inventory.openings.service:open_stock")


OPENING_STEPS = Workflow(
    "inventory.openings",
    states=[State("draft", _("Draft"), editable=True), State("done", _("Done"), "green")],
    steps=[
        Step(
            "open", _("Take over"), ["draft"], "done", "inventory.opening.open", _open, primary=True,
            icon="flag", confirm=_("The stock is in the books then; only a count corrects it."),
            asks=[Ask("on", _("Date"), "date")],
        )
    ],
)  # fmt: skip


class OpeningIsEmpty(Refused):
    """Nothing was there."""

    def __init__(self) -> None:
        super().__init__(_("The opening stock has no lines; add one first."))


class Opening(Document, Base):
    """A list of what lay in a warehouse on the first day."""

    __tablename__ = "inventory_opening"
    __document__: ClassVar[str] = "inventory.openings"
    __table_args__ = (UniqueConstraint("company_id", "number"),)

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    warehouse_id: Mapped[int] = link_to("inventory_warehouse.id")
    #: The place it lies at; empty means the stock of the warehouse.
    location_id: Mapped[int | None] = link_to("inventory_location.id")
    opened_on: Mapped[dt.date]
    note: Mapped[str | None] = mapped_column(String(2000))

    lines: Mapped[list[OpeningLine]] = relationship(
        back_populates="opening", lazy="raise", order_by="OpeningLine.position"
    )
    warehouse: Mapped[Warehouse] = relationship(Warehouse, lazy="raise")
    location: Mapped[Location | None] = relationship(Location, lazy="raise")

    def open(self, on: dt.date | None) -> None:
        """From that day on the stock is in the books."""
        if not self.lines:
            raise OpeningIsEmpty
        OPENING_STEPS.move(self, "open")
        self.opened_on = on or self.opened_on

    def __str__(self) -> str:
        if not self.number:
            return str(_("New opening stock"))
        return str(_("Opening stock %(number)s", number=self.number))


class OpeningLine(Row, Base):
    """So much of a product, worth so much a piece."""

    __tablename__ = "inventory_opening_line"
    __part_of__: ClassVar[str] = "opening_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("The quantity of opening stock is greater than zero.")},
        ),
        CheckConstraint(
            "unit_cost >= 0",
            name="unit_cost_not_negative",
            info={"sentence": _("A cost is not negative.")},
        ),
    )

    opening_id: Mapped[int] = link_to("inventory_opening.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    #: In the company's currency; empty means the product's cost price.
    unit_cost: Mapped[Decimal | None] = mapped_column(
        Price, info={"needs": "base.cost.read", "classification": "confidential"}
    )
    lots: Mapped[str | None] = mapped_column(String(4000))
    expires_on: Mapped[dt.date | None]

    opening: Mapped[Opening] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
