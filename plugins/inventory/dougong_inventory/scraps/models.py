"""A scrapping: goods that are broken, expired or lost are taken out of the stock."""

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

_scrap = later("dougong_inventory.scraps.service:scrap")


SCRAP_STEPS = Workflow(
    "inventory.scraps",
    states=[State("draft", _("Draft"), editable=True), State("done", _("Done"), "green")],
    steps=[
        Step(
            "scrap", _("Scrap"), ["draft"], "done", "inventory.scrap.scrap", _scrap, primary=True,
            icon="trash", confirm=_("The goods leave the stock for good."),
            asks=[Ask("on", _("Date"), "date")],
        )
    ],
)  # fmt: skip


class ScrapIsEmpty(Refused):
    """Nothing is to be thrown away."""

    def __init__(self) -> None:
        super().__init__(_("The scrapping has no lines; add one first."))


class Scrap(Document, Base):
    """Goods to be thrown away, and why."""

    __tablename__ = "inventory_scrap"
    __document__: ClassVar[str] = "inventory.scraps"
    __table_args__ = (UniqueConstraint("company_id", "number"),)

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    location_id: Mapped[int] = link_to("inventory_location.id")
    scrapped_on: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(String(200))

    lines: Mapped[list[ScrapLine]] = relationship(
        back_populates="scrap", lazy="raise", order_by="ScrapLine.position"
    )
    location: Mapped[Location] = relationship(Location, lazy="raise")

    def throw_away(self, on: dt.date) -> None:
        """The goods are gone."""
        if not self.lines:
            raise ScrapIsEmpty
        SCRAP_STEPS.move(self, "scrap")
        self.scrapped_on = on

    def __str__(self) -> str:
        if not self.number:
            return str(_("New scrapping"))
        return str(_("Scrapping %(number)s", number=self.number))


class ScrapLine(Row, Base):
    """So much of a product, of a lot where it is traced."""

    __tablename__ = "inventory_scrap_line"
    __part_of__: ClassVar[str] = "scrap_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("The quantity to scrap is greater than zero.")},
        ),
    )

    scrap_id: Mapped[int] = link_to("inventory_scrap.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    lot_id: Mapped[int | None] = link_to("inventory_lot.id")

    scrap: Mapped[Scrap] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    lot: Mapped[Lot | None] = relationship(Lot, lazy="raise")
