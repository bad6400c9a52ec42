"""Units of measure; those of one family convert into each other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from dougong import Rate, Record, _
from dougong_base.db import Base

#: As many as a quantity keeps.
MOST_DIGITS = 6

#: What is weighed or measured is told more finely than what is counted.
DIGITS = {"weight": 3, "length": 3, "area": 3, "volume": 3, "time": 2, "other": 2}


def usual_digits(family: str | None) -> int:
    """The decimal places that units of a family have unless somebody says otherwise."""
    return DIGITS.get(family or "", 0)


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
        CheckConstraint(
            f"digits BETWEEN 0 AND {MOST_DIGITS}",
            name="digits_known",
            info={"sentence": _("A unit has between 0 and 6 decimal places.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    #: piece, weight, length, area, volume, time …; only inside one family quantities convert.
    family: Mapped[str] = mapped_column(String(20), default="piece", index=True)
    #: How many reference units one of this is; the reference unit has 1.
    factor: Mapped[Decimal] = mapped_column(Rate, default=Decimal(1))
    #: Decimal places of quantities in this unit: 0 where only whole ones are counted.
    digits: Mapped[int] = mapped_column(default=0, info={"counting": "digits"})
    active: Mapped[bool] = mapped_column(default=True)

    def __init__(self, **values: Any) -> None:
        values.setdefault("digits", usual_digits(values.get("family", "piece")))
        super().__init__(**values)

    def __str__(self) -> str:
        return self.name or self.code
