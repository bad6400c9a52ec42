"""Courses and their material, sessions and who took part."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    Ask,
    Document,
    Quantity,
    Refused,
    Row,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
)  # fmt: skip
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee

SESSION_STEPS = Workflow(
    "hr.sessions",
    states=[
        State("planned", _("Planned"), "blue", editable=True),
        State("held", _("Held"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "hold",
            _("It was held"),
            ["planned"],
            "held",
            needs="hr.session.write",
            effect=later("dougong_hr.courses.service:hold_sessions"),
            primary=True,
            icon="certificate",
            confirm=_("Whoever was there and has passed gets a certificate."),
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step("cancel", _("Cancel"), ["planned"], "cancelled", needs="hr.session.write", icon="x"),
    ],
)
RESULTS = {"passed": _("Passed"), "failed": _("Failed")}


class Course(Document, Base):
    """What people can learn here."""

    __tablename__ = "hr_course"
    __document__: ClassVar[str] = "hr.courses"
    __table_args__ = (UniqueConstraint("company_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    hours: Mapped[Decimal | None] = mapped_column(Quantity)
    #: Its certificate holds so many months; empty is for ever.
    valid_months: Mapped[int | None] = mapped_column(Integer)
    #: Who takes part must have signed a confidentiality agreement before.
    confidential: Mapped[bool] = mapped_column(default=False)
    description: Mapped[str | None] = mapped_column(String(2000))
    active: Mapped[bool] = mapped_column(default=True)

    materials: Mapped[list[Material]] = relationship(
        back_populates="course", lazy="raise", order_by="Material.position"
    )

    def __str__(self) -> str:
        return self.name


class Material(Row, Base):
    """Something to read or watch for a course; files are attached to the course."""

    __tablename__ = "hr_material"
    __part_of__: ClassVar[str] = "course_id"

    course_id: Mapped[int] = link_to("hr_course.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(String(300))

    course: Mapped[Course] = relationship(back_populates="materials", lazy="raise")


class TrainingSession(Document, Base):
    """A course on a day, with those who take part."""

    __tablename__ = "hr_session"
    __document__: ClassVar[str] = "hr.sessions"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'held', 'cancelled')", name="state_known"),
        CheckConstraint(
            "seats > 0",
            name="seats_positive",
            info={"sentence": _("A session has at least one seat.")},
        ),
    )

    state: Mapped[str] = mapped_column(String(10), default="planned", index=True)
    course_id: Mapped[int] = link_to("hr_course.id")
    on: Mapped[dt.date] = mapped_column(index=True)
    place: Mapped[str | None] = mapped_column(String(120))
    trainer: Mapped[str | None] = mapped_column(String(120))
    seats: Mapped[int | None] = mapped_column(Integer)

    course: Mapped[Course] = relationship(Course, lazy="raise")
    participants: Mapped[list[Participant]] = relationship(
        back_populates="session", lazy="raise", order_by="Participant.position"
    )

    def __str__(self) -> str:
        return str(self.on)

    def hold(self, on: dt.date) -> list[Participant]:
        """It is over; returns those who have earned a certificate."""
        if not any(p.present for p in self.participants):
            raise Refused(_("Mark first who was there."))
        SESSION_STEPS.move(self, "hold")
        self.on = on
        return [p for p in self.participants if p.present and p.result != "failed"]


class Participant(Row, Base):
    """Somebody takes part."""

    __tablename__ = "hr_participant"
    __part_of__: ClassVar[str] = "session_id"
    __table_args__ = (UniqueConstraint("session_id", "employee_id"),)

    session_id: Mapped[int] = link_to("hr_session.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    employee_id: Mapped[int] = link_to("hr_employee.id")
    present: Mapped[bool] = mapped_column(default=False)
    result: Mapped[str | None] = mapped_column(String(8))
    comment: Mapped[str | None] = mapped_column(String(200))

    session: Mapped[TrainingSession] = relationship(back_populates="participants", lazy="raise")
    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
