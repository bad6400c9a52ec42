"""A till, and what goes through it in a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Amount, Document, _, link_to
from dougong_base import Party
from dougong_pos.db import Base


class Till(Document, Base):
    """A place where goods are sold for money at once; who buys is the same customer for all."""

    __tablename__ = "pos_till"
    __document__ = "pos.tills"
    __table_args__ = (UniqueConstraint("company_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    #: Whom the books name: the customer off the street.
    customer_id: Mapped[int] = link_to("base_party.id")
    active: Mapped[bool] = mapped_column(default=True)
    customer: Mapped[Party] = relationship(Party, lazy="raise")

    def __str__(self) -> str:
        return self.code


class Day(Document, Base):
    """From the first money in the drawer to the last that was counted; amounts in the company's currency."""

    __tablename__ = "pos_day"
    __document__ = "pos.days"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("opened_with >= 0", name="opened_with_not_negative",
                        info={"sentence": _("There cannot be less than nothing in the drawer.")}),
        Index(
            "uq_pos_day_open", "till_id", unique=True,
            sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'"),
            info={"sentence": _("This till is open already.")},
        ),
    )  # fmt: skip

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="open", index=True)
    till_id: Mapped[int] = link_to("pos_till.id")
    opened_on: Mapped[dt.date] = mapped_column(index=True)
    closed_on: Mapped[dt.date | None]
    opened_with: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    #: What was taken, by means of payment, when it was closed.
    cash: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    card: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    counted: Mapped[Decimal | None] = mapped_column(Amount)
    #: Counted less what there should be: positive is too much.
    difference: Mapped[Decimal | None] = mapped_column(Amount)
    till: Mapped[Till] = relationship(Till, lazy="raise")

    def __str__(self) -> str:
        return self.number or str(_("New day"))

    @property
    def expected(self) -> Decimal:
        """What there should be in the drawer."""
        return self.opened_with + self.cash
