"""A rental, and the days for which it holds an asset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Amount, Document, Price, Refused, Row, _, link_to
from dougong_base import Party
from dougong_rental.assets.models import Asset
from dougong_rental.db import Base
from dougong_rental.rentals.workflow import RENTAL_STEPS

#: Nobody books an asset for longer; a larger number is a slip of the pen.
MOST_DAYS = 366
DAY = dt.timedelta(days=1)


class Rental(Document, Base):
    """One asset with one customer, both days included."""

    __tablename__ = "rental_rental"
    __document__ = "rental.rentals"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint(
            "until_on >= from_on",
            name="until_after_from",
            info={"sentence": _("A rental ends on the day it begins, or later.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    asset_id: Mapped[int] = link_to("rental_asset.id")
    customer_id: Mapped[int] = link_to("base_party.id")
    from_on: Mapped[dt.date] = mapped_column(index=True)
    until_on: Mapped[dt.date] = mapped_column(index=True)
    #: In the company's currency, without tax.
    day_price: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    amount: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    returned_on: Mapped[dt.date | None]
    #: The day on which the last invoice was paid; told by whoever keeps the books.
    paid_on: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(Text)
    asset: Mapped[Asset] = relationship(Asset, lazy="raise")
    customer: Mapped[Party] = relationship(Party, lazy="raise")

    def __str__(self) -> str:
        return self.number or str(_("New rental"))

    @property
    def days(self) -> int:
        """How many days are billed: until it came back, and one at least."""
        last = self.returned_on or self.until_on
        return max(1, (last - self.from_on).days + 1)

    def booked(self) -> Iterator[dt.date]:
        """Each day for which it holds the asset."""
        for number in range((self.until_on - self.from_on).days + 1):
            yield self.from_on + number * DAY

    def check_span(self) -> None:
        """Raises `Refused` where the days are too many to be meant."""
        if (self.until_on - self.from_on).days >= MOST_DAYS:
            raise Refused(_("A rental takes at most %(days)s days.", days=MOST_DAYS))

    def come_back(self, on: dt.date) -> None:
        """The asset is here again; raises `Refused` for a day before it left."""
        if on < self.from_on:
            raise Refused(
                _(
                    "%(rental)s begins on %(day)s; it cannot come back before.",
                    rental=self,
                    day=self.from_on.isoformat(),
                )
            )
        RENTAL_STEPS.move(self, "take_back")
        self.returned_on = on


class BookedDay(Row, Base):
    """One day of one asset: the unique key is what keeps two rentals apart, whoever comes first."""

    __tablename__ = "rental_day"
    __table_args__ = (
        UniqueConstraint(
            "asset_id",
            "day",
            info={"sentence": _("The asset was booked by somebody else in the meantime.")},
        ),
    )

    asset_id: Mapped[int] = link_to("rental_asset.id", index=False)
    day: Mapped[dt.date]
    rental_id: Mapped[int] = link_to("rental_rental.id", ondelete="CASCADE")
