"""A place: where an address, or a depot of our own, lies on the map."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Quantity, Refused, _, link_to
from dougong_base import Address
from dougong_logistics.db import Base


def minutes(text: str | None, otherwise: int) -> int:
    """Minutes since midnight of a time as ``08:30``."""
    if not text:
        return otherwise
    hours, colon, rest = text.partition(":")
    if not colon or not (hours + rest).isdecimal() or int(rest) > 59 or int(hours) > 24:
        raise Refused(_("“%(text)s” is not a time of day; write it as 08:30.", text=text))
    return int(hours) * 60 + int(rest)


class Place(Document, Base):
    """A point with the hours at which somebody is there."""

    __tablename__ = "logistics_place"
    __document__: ClassVar[str] = "logistics.places"
    __table_args__ = (
        CheckConstraint(
            "service_minutes >= 0", name="minutes_not_negative",
            info={"sentence": _("Minutes are counted from zero.")},
        ),
    )  # fmt: skip

    name: Mapped[str] = mapped_column(String(120), index=True)
    address_id: Mapped[int | None] = link_to("base_address.id", ondelete="CASCADE", unique=True)
    latitude: Mapped[Decimal] = mapped_column(Quantity)
    longitude: Mapped[Decimal] = mapped_column(Quantity)
    is_depot: Mapped[bool] = mapped_column(default=False)
    opens: Mapped[str | None] = mapped_column(String(5))
    closes: Mapped[str | None] = mapped_column(String(5))
    service_minutes: Mapped[int] = mapped_column(default=10)

    address: Mapped[Address | None] = relationship(Address, lazy="raise")

    @property
    def point(self) -> tuple[Decimal, Decimal]:
        """Latitude and longitude."""
        return self.latitude, self.longitude

    def __str__(self) -> str:
        return self.name or str(_("New place"))
