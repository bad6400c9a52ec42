"""Calendars: which days are worked."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Record, Row, _, link_to
from dougong_base.db import Base


class Calendar(Record, Base):
    """The working days of a week, and the days that are not worked."""

    __tablename__ = "base_calendar"
    __document__ = "base.calendars"
    __table_args__ = (
        CheckConstraint(
            "monday OR tuesday OR wednesday OR thursday OR friday OR saturday OR sunday",
            name="one_working_day",
            info={"sentence": _("A calendar has at least one working day a week.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    monday: Mapped[bool] = mapped_column(default=True)
    tuesday: Mapped[bool] = mapped_column(default=True)
    wednesday: Mapped[bool] = mapped_column(default=True)
    thursday: Mapped[bool] = mapped_column(default=True)
    friday: Mapped[bool] = mapped_column(default=True)
    saturday: Mapped[bool] = mapped_column(default=False)
    sunday: Mapped[bool] = mapped_column(default=False)
    holidays: Mapped[list[Holiday]] = relationship(
        back_populates="calendar", order_by="Holiday.on", lazy="raise"
    )

    def __str__(self) -> str:
        return self.name or self.code

    @property
    def week(self) -> tuple[bool, ...]:
        """Whether each day of the week is worked, Monday first."""
        return (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )


class Holiday(Row, Base):
    """A day on which the calendar's people do not work, or work though it is a free day."""

    __tablename__ = "base_holiday"
    __part_of__ = "calendar_id"
    __table_args__ = (UniqueConstraint("calendar_id", "on"),)

    calendar_id: Mapped[int] = link_to("base_calendar.id", ondelete="CASCADE", index=False)
    on: Mapped[dt.date]
    name: Mapped[str] = mapped_column(String(80), default="")
    #: A free day that is worked instead of another, as around Chinese holidays.
    worked: Mapped[bool] = mapped_column(default=False)
    calendar: Mapped[Calendar] = relationship(back_populates="holidays", lazy="raise")
