"""Centre and spread of a control chart as they were in a period, kept until they are released."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Rate, _, link_to
from dougong_production.charts.control import Standard
from dougong_production.control_limits.workflow import LIMITS_STEPS
from dougong_production.db import Base
from dougong_production.quality_plans.models import Characteristic


class ControlLimits(Document, Base):
    """What the chart of a characteristic is judged by; one at a time."""

    __tablename__ = "production_control_limits"
    __document__: ClassVar[str] = "production.control_limits"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'valid', 'released')", name="state_known"),
        CheckConstraint(
            "until_on >= from_on",
            name="days_in_order",
            info={"sentence": _("The last day is not before the first one.")},
        ),
        CheckConstraint(
            "state = 'draft' OR centre IS NOT NULL AND size IS NOT NULL", name="frozen_is_known"
        ),
        Index(
            "uq_production_control_limits_valid",
            "characteristic_id",
            unique=True,
            sqlite_where=text("state = 'valid'"),
            postgresql_where=text("state = 'valid'"),
            info={
                "sentence": _("The characteristic has frozen limits already. Release them first.")
            },
        ),
    )

    state: Mapped[str] = mapped_column(String(10), default="draft")
    characteristic_id: Mapped[int] = link_to("production_characteristic.id")
    kind: Mapped[str] = mapped_column(String(8), default="auto")
    #: The inspections decided on these days are what they were found from.
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    inspections: Mapped[int] = mapped_column(default=0)
    #: Values or pieces of each inspection.
    size: Mapped[int | None]
    centre: Mapped[Decimal | None] = mapped_column(Rate)
    spread: Mapped[Decimal | None] = mapped_column(Rate)
    frozen_on: Mapped[dt.date | None]
    released_on: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(String(400))

    characteristic: Mapped[Characteristic] = relationship(Characteristic, lazy="raise")

    def __str__(self) -> str:
        return str(_("Control limits %(id)s", id=self.id))

    def freeze(self, found: Standard, inspections: int, on: dt.date) -> None:
        """From now on the chart is judged by what was found."""
        LIMITS_STEPS.move(self, "freeze")
        self.kind, self.size, self.inspections, self.frozen_on = (
            found.kind, found.size, inspections, on,
        )  # fmt: skip
        self.centre, self.spread = _kept(found.centre), _kept(found.spread)

    def release(self, on: dt.date) -> None:
        """The chart is judged by its own points again."""
        LIMITS_STEPS.move(self, "release")
        self.released_on = on


def _kept(value: float) -> Decimal:
    return Decimal(repr(round(value, 9)))
