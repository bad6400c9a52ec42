"""A framework agreement: how much we will take in a period, at which price."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Price, Refused, Row, _, link_to
from dougong_base import Party, Product, counted_in
from dougong_purchasing.blankets.workflow import BLANKET_STEPS
from dougong_purchasing.db import Base


class OverAgreed(Refused):
    """More is called off than was agreed."""

    def __init__(self, blanket: Blanket, left: Decimal, wanted: Decimal) -> None:
        super().__init__(
            _(
                "%(blanket)s: %(wanted)s are called off, but only %(left)s are left. Order less,"
                " or agree on more.",
                blanket=blanket,
                wanted=f"{wanted.normalize():f}",
                left=f"{left.normalize():f}",
            )
        )


class Blanket(Document, Base):
    """Quantities agreed with a supplier, called off by orders."""

    __tablename__ = "purchasing_blanket"
    __document__ = "purchasing.blankets"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'open', 'closed', 'cancelled')", name="state_known"),
        CheckConstraint(
            "starts_on <= ends_on",
            name="ends_after_start",
            info={"sentence": _("An agreement ends on or after the day it starts.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    supplier_id: Mapped[int] = link_to("base_party.id")
    reference: Mapped[str | None] = mapped_column(String(60))
    currency: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    starts_on: Mapped[dt.date] = mapped_column(default=dt.date.today)
    ends_on: Mapped[dt.date] = mapped_column(index=True)
    note: Mapped[str | None] = mapped_column(String(2000))
    supplier: Mapped[Party] = relationship(Party, lazy="raise")
    lines: Mapped[list[BlanketLine]] = relationship(
        back_populates="blanket", order_by="BlanketLine.position", lazy="raise"
    )

    def __str__(self) -> str:
        return self.number or str(_("Draft agreement"))

    def agree(self) -> None:
        """From now on it can be called off."""
        if not self.lines:
            raise Refused(_("%(blanket)s has no lines. Add what was agreed.", blanket=self))
        BLANKET_STEPS.move(self, "agree")

    def holds(self, on: dt.date, supplier_id: int) -> None:
        """Refuse what is called off outside its period, or from somebody else."""
        if self.state != "open":
            raise Refused(_("%(blanket)s is not in force.", blanket=self))
        if not self.starts_on <= on <= self.ends_on:
            raise Refused(
                _(
                    "%(blanket)s holds from %(start)s to %(end)s. Make a new agreement, or order"
                    " without it.",
                    blanket=self,
                    start=self.starts_on,
                    end=self.ends_on,
                )
            )
        if supplier_id != self.supplier_id:
            raise Refused(_("%(blanket)s is with another supplier.", blanket=self))


class BlanketLine(Row, Base):
    """So much of a product, in its own unit, and how much of it was called off."""

    __tablename__ = "purchasing_blanket_line"
    __part_of__ = "blanket_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("A line needs a quantity greater than zero.")},
        ),
        CheckConstraint(
            "price >= 0",
            name="price_not_negative",
            info={"sentence": _("A price is not negative.")},
        ),
        CheckConstraint(
            "called >= 0 AND called <= quantity",
            name="called_within_agreed",
            info={"sentence": _("No more can be called off than was agreed.")},
        ),
    )

    blanket_id: Mapped[int] = link_to("purchasing_blanket.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    #: Of one own unit.
    price: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    called: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    blanket: Mapped[Blanket] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

    def __init__(self, **values: Any) -> None:
        super().__init__(**({"called": ZERO} | values))

    @property
    def left(self) -> Decimal:
        """How much can still be called off."""
        return self.quantity - self.called
