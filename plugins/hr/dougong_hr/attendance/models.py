"""Somebody came, and went."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Quantity, Refused, _, link_to
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee

SOURCES = {
    "own": _("By themselves"),
    "kiosk": _("At the door"),
    "import": _("From a file"),
    "manual": _("By hand"),
}
#: Longer than this somebody has forgotten to check out.
LONGEST = dt.timedelta(hours=24)


class Attendance(Document, Base):
    """From coming to going; still open while the person is here."""

    __tablename__ = "hr_attendance"
    __document__: ClassVar[str] = "hr.attendances"
    __table_args__ = (
        CheckConstraint(
            "left_at > came_at",
            name="left_after_coming",
            info={"sentence": _("Nobody leaves before they come.")},
        ),
        CheckConstraint(
            "hours >= 0",
            name="hours_not_negative",
            info={"sentence": _("The break is longer than the time between coming and going.")},
        ),
        CheckConstraint(
            "break_minutes >= 0",
            name="break_not_negative",
            info={"sentence": _("A break is not negative.")},
        ),
        # Who is here cannot come once more.
        Index(
            "uq_hr_attendance_here",
            "employee_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("ix_hr_attendance_employee_day", "employee_id", "on"),
    )

    employee_id: Mapped[int] = link_to("hr_employee.id", index=False)
    came_at: Mapped[dt.datetime] = mapped_column(index=True)
    left_at: Mapped[dt.datetime | None]
    break_minutes: Mapped[int] = mapped_column(Integer, default=0)
    #: The day it counts for: that of coming, where the person works.
    on: Mapped[dt.date]
    hours: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    source: Mapped[str] = mapped_column(String(8), default="manual")
    #: Where the person was by their own telephone: degrees north, degrees east, within how far.
    came_where: Mapped[str | None] = mapped_column(String(60))
    left_where: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(String(200))

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")

    def __str__(self) -> str:
        return str(self.on)

    def measure(self) -> None:
        """The hours between coming and going, without the break."""
        self.hours = ZERO
        if self.left_at is not None:
            span = (self.left_at - self.came_at).total_seconds()
            hours = Decimal(int(span) - 60 * (self.break_minutes or 0)) / 3600
            self.hours = hours.quantize(Decimal("0.01"))

    def leave(self, at: dt.datetime, where: str | None = None) -> None:
        """The person goes."""
        if at <= self.came_at:
            raise Refused(_("Nobody leaves before they come."))
        self.left_at, self.left_where = at, where
        self.measure()

    def meets(self, came_at: dt.datetime, left_at: dt.datetime | None) -> bool:
        """Whether the person would be here twice at one moment."""
        far = dt.datetime.max.replace(tzinfo=dt.UTC)
        return self.came_at < (left_at or far) and came_at < (self.left_at or far)
