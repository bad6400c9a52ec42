"""Whom we look for, and who answers."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Refused, _, link_to
from dougong_hr.db import Base
from dougong_hr.departments.models import Department
from dougong_hr.employees.models import Employee
from dougong_hr.positions.models import Position
from dougong_hr.recruitment.workflow import APPLICANT_STEPS, OPENING_STEPS


class Opening(Document, Base):
    """A job that is to be filled."""

    __tablename__ = "hr_opening"
    __document__: ClassVar[str] = "hr.openings"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published', 'closed')", name="state_known"),
        CheckConstraint(
            "wanted > 0",
            name="wanted_positive",
            info={"sentence": _("An opening looks for at least one person.")},
        ),
    )

    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    department_id: Mapped[int | None] = link_to("hr_department.id")
    position_id: Mapped[int | None] = link_to("hr_position.id")
    place: Mapped[str | None] = mapped_column(String(120))
    wanted: Mapped[int] = mapped_column(Integer, default=1)
    hired: Mapped[int] = mapped_column(Integer, default=0)
    #: What the careers page says.
    description: Mapped[str | None] = mapped_column(String(4000))
    published_on: Mapped[dt.date | None]

    department: Mapped[Department | None] = relationship(Department, lazy="raise")
    position: Mapped[Position | None] = relationship(Position, lazy="raise")

    def __str__(self) -> str:
        return self.name

    def publish(self, on: dt.date) -> None:
        """Everybody may read it."""
        if not self.description:
            raise Refused(_("%(opening)s has no description yet. Write one first.", opening=self))
        OPENING_STEPS.move(self, "publish")
        self.published_on = on

    def fill(self) -> None:
        """One more was found; the last one closes it."""
        self.hired += 1
        if self.hired >= self.wanted and self.state == "published":
            OPENING_STEPS.move(self, "close")


class ApplicantStage(Document, Base):
    """A station on the way to an offer."""

    __tablename__ = "hr_applicant_stage"
    __document__: ClassVar[str] = "hr.applicant-stages"
    __table_args__ = (UniqueConstraint("company_id", "name"),)

    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer, default=100)
    active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.name


class Applicant(Document, Base):
    """Somebody who wants to work here."""

    __tablename__ = "hr_applicant"
    __document__: ClassVar[str] = "hr.applicants"
    __table_args__ = (CheckConstraint("state IN ('open', 'hired', 'refused')", name="state_known"),)

    name: Mapped[str] = mapped_column(String(120), index=True)
    state: Mapped[str] = mapped_column(String(8), default="open", index=True)
    opening_id: Mapped[int | None] = link_to("hr_opening.id")
    stage_id: Mapped[int] = link_to("hr_applicant_stage.id")
    email: Mapped[str | None] = mapped_column(String(200), index=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    #: Where they heard of us: careers page, fair, colleague …
    source: Mapped[str | None] = mapped_column(String(60))
    #: Whether their data may be kept for later openings.
    consent: Mapped[bool] = mapped_column(default=False)
    applied_on: Mapped[dt.date | None] = mapped_column(index=True)
    letter: Mapped[str | None] = mapped_column(String(4000))
    refused_reason: Mapped[str | None] = mapped_column(String(200))
    employee_id: Mapped[int | None] = link_to("hr_employee.id")

    opening: Mapped[Opening | None] = relationship(Opening, lazy="raise")
    stage: Mapped[ApplicantStage] = relationship(ApplicantStage, lazy="raise")
    employee: Mapped[Employee | None] = relationship(Employee, lazy="raise")

    def __str__(self) -> str:
        return self.name

    def refuse(self, reason: str | None) -> None:
        """Not this time."""
        APPLICANT_STEPS.move(self, "refuse")
        self.refused_reason = reason

    def hire(self, employee_id: int) -> None:
        """They belong to us now."""
        APPLICANT_STEPS.move(self, "hire")
        self.employee_id = employee_id
