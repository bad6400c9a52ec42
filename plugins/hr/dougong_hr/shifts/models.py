"""A shift, and a day on which somebody works it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Quantity, Refused, _, link_to
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee

DAY_MINUTES = 24 * 60


def minutes_of(clock: str) -> int:
    """Minutes since midnight of a time such as 08:30; refuses what is none."""
    hours, colon, minutes = clock.partition(":")
    if colon and hours.isdecimal() and minutes.isdecimal():
        total = int(hours) * 60 + int(minutes)
        if int(minutes) < 60 and total <= DAY_MINUTES:
            return total
    raise Refused(_("%(time)s is no time of day. Write it like 08:30.", time=clock))


class Shift(Document, Base):
    """When people begin and end, and how long they rest between."""

    __tablename__ = "hr_shift"
    __document__: ClassVar[str] = "hr.shifts"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint(
            "hours > 0", name="hours_positive", info={"sentence": _("A shift takes some time.")}
        ),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    begins: Mapped[str] = mapped_column(String(5), default="08:00")
    ends: Mapped[str] = mapped_column(String(5), default="17:00")
    break_minutes: Mapped[int] = mapped_column(Integer, default=60)
    hours: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.name

    def measure(self) -> None:
        """The hours from begin to end without the break; a night shift ends on the next day."""
        span = (minutes_of(self.ends) - minutes_of(self.begins)) % DAY_MINUTES or DAY_MINUTES
        self.hours = (Decimal(span - (self.break_minutes or 0)) / 60).quantize(Decimal("0.01"))


class Roster(Document, Base):
    """Who works which shift on a day."""

    __tablename__ = "hr_roster"
    __document__: ClassVar[str] = "hr.rosters"
    __table_args__ = (UniqueConstraint("employee_id", "on"),)

    employee_id: Mapped[int] = link_to("hr_employee.id", index=False)
    shift_id: Mapped[int] = link_to("hr_shift.id")
    on: Mapped[dt.date] = mapped_column(index=True)

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
    shift: Mapped[Shift] = relationship(Shift, lazy="raise")

    def __str__(self) -> str:
        return str(self.on)
