"""A work centre: how long it works, how much at once, and what an hour of it costs."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Percent, Price, Quantity, Row, _, link_to
from dougong_base import Calendar
from dougong_production.db import Base

#: What only those see who may know what things cost.
CONFIDENTIAL = {"needs": "production.cost.read", "classification": "confidential"}
MINUTES = Decimal(60)


class WorkCentre(Document, Base):
    """A machine, a bench or a team that does one kind of work."""

    __tablename__ = "production_work_centre"
    __document__: ClassVar[str] = "production.work_centres"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint(
            "capacity > 0",
            name="capacity_positive",
            info={"sentence": _("A work centre does at least one thing at a time.")},
        ),
        # Exact columns are scaled on SQLite: only zero is the same number everywhere.
        CheckConstraint(
            "hours_a_day > 0",
            name="hours_positive",
            info={"sentence": _("A work centre works more than 0 and at most 24 hours a day.")},
        ),
        CheckConstraint(
            "efficiency > 0",
            name="efficiency_positive",
            info={"sentence": _("Efficiency is more than 0 percent; 100 is as planned.")},
        ),
        CheckConstraint(
            "labour_rate >= 0 AND overhead_rate >= 0",
            name="rates_not_negative",
            info={"sentence": _("What an hour costs is not negative.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    #: Centres that are looked at together: a hall, a kind of machine.
    group: Mapped[str | None] = mapped_column("group_name", String(60), index=True)
    calendar_id: Mapped[int | None] = link_to("base_calendar.id")
    hours_a_day: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(8))
    #: How many things are worked on at once.
    capacity: Mapped[int] = mapped_column(default=1)
    efficiency: Mapped[Decimal] = mapped_column(Percent, default=Decimal(100))
    labour_rate: Mapped[Decimal] = mapped_column(Price, default=ZERO, info=CONFIDENTIAL)
    overhead_rate: Mapped[Decimal] = mapped_column(Price, default=ZERO, info=CONFIDENTIAL)
    active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str | None] = mapped_column(String(2000))

    calendar: Mapped[Calendar | None] = relationship(Calendar, lazy="raise")
    alternatives: Mapped[list[Alternative]] = relationship(
        back_populates="centre",
        foreign_keys="Alternative.centre_id",
        order_by="Alternative.position",
        lazy="raise",
    )

    def __str__(self) -> str:
        return self.name or self.code

    def takes(self, minutes: Decimal) -> Decimal:
        """How long work planned for so many minutes really takes here."""
        return _places(minutes * 100 / self.efficiency)

    def labour_of(self, minutes: Decimal) -> Decimal:
        """What people cost in so many minutes, not yet rounded."""
        return minutes * self.labour_rate / MINUTES

    def overhead_of(self, minutes: Decimal) -> Decimal:
        """What the place itself costs in so many minutes, not yet rounded."""
        return minutes * self.overhead_rate / MINUTES


class Alternative(Row, Base):
    """Another work centre that can do the same work, the first position first."""

    __tablename__ = "production_work_centre_alternative"
    __part_of__: ClassVar[str] = "centre_id"
    __table_args__ = (
        UniqueConstraint("centre_id", "alternative_id"),
        CheckConstraint(
            "centre_id <> alternative_id",
            name="another",
            info={"sentence": _("A work centre is no alternative to itself.")},
        ),
    )

    centre_id: Mapped[int] = link_to("production_work_centre.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    alternative_id: Mapped[int] = link_to("production_work_centre.id", ondelete="CASCADE")

    centre: Mapped[WorkCentre] = relationship(
        WorkCentre, back_populates="alternatives", foreign_keys=[centre_id], lazy="raise"
    )
    alternative: Mapped[WorkCentre] = relationship(
        WorkCentre, foreign_keys=[alternative_id], lazy="raise"
    )


def _places(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.000001"), ROUND_HALF_UP)
