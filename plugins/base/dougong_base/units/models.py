"""Units of measure; those of one family convert into each other."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from dougong import Rate, Record, _
from dougong_base.db import Base


class Unit(Record, Base):
    """A unit of measure: so many of its family's reference unit."""

    __tablename__ = "base_unit"
    __document__ = "base.units"
    __table_args__ = (
        CheckConstraint(
            "factor > 0",
            name="factor_positive",
            info={"sentence": _("A unit's factor is greater than zero.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    #: piece, weight, length, area, volume, time …; only inside one family quantities convert.
    family: Mapped[str] = mapped_column(String(20), default="piece", index=True)
    #: How many reference units one of this is; the reference unit has 1.
    factor: Mapped[Decimal] = mapped_column(Rate, default=Decimal(1))
    active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.name or self.code
