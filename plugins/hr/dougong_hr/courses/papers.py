"""What people hold and have signed: certificates and confidentiality agreements."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, State, Step, Workflow, _, later, link_to
from dougong_hr.courses.models import Course, TrainingSession
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee

AGREEMENT_STEPS = Workflow(
    "hr.agreements",
    states=[
        State("open", _("To be signed"), "blue", editable=True),
        State("signed", _("Signed"), "green"),
        State("withdrawn", _("Withdrawn"), aside=True),
    ],
    steps=[
        Step(
            "sign",
            _("Sign"),
            ["open"],
            "signed",
            needs="hr.agreement.sign",
            effect=later("dougong_hr.courses.service:sign_agreements"),
            primary=True,
            icon="signature",
            confirm=_("What is signed is not changed any more."),
        ),
        Step(
            "withdraw", _("Withdraw"), ["open"], "withdrawn", needs="hr.agreement.write", icon="x"
        ),
    ],
)


class Certificate(Document, Base):
    """Somebody has learned something, until a day."""

    __tablename__ = "hr_certificate"
    __document__: ClassVar[str] = "hr.certificates"
    __table_args__ = (
        CheckConstraint(
            "valid_until >= given_on",
            name="dates_in_order",
            info={"sentence": _("A certificate does not end before it is given.")},
        ),
    )

    employee_id: Mapped[int] = link_to("hr_employee.id")
    name: Mapped[str] = mapped_column(String(120))
    course_id: Mapped[int | None] = link_to("hr_course.id")
    session_id: Mapped[int | None] = link_to("hr_session.id")
    given_on: Mapped[dt.date]
    valid_until: Mapped[dt.date | None] = mapped_column(index=True)
    note: Mapped[str | None] = mapped_column(String(200))

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
    course: Mapped[Course | None] = relationship(Course, lazy="raise")
    session: Mapped[TrainingSession | None] = relationship(TrainingSession, lazy="raise")

    def __str__(self) -> str:
        return self.name


class Agreement(Document, Base):
    """A promise of confidentiality, in the words that were signed."""

    __tablename__ = "hr_agreement"
    __document__: ClassVar[str] = "hr.agreements"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'signed', 'withdrawn')", name="state_known"),
    )

    employee_id: Mapped[int] = link_to("hr_employee.id")
    name: Mapped[str] = mapped_column(String(120))
    wording: Mapped[str] = mapped_column(String(8000))
    state: Mapped[str] = mapped_column(String(10), default="open", index=True)
    #: Empty holds for ever.
    valid_until: Mapped[dt.date | None] = mapped_column(index=True)
    signed_at: Mapped[dt.datetime | None]
    #: The log-in that signed it.
    signed_by: Mapped[str | None] = mapped_column(String(120))

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")

    def __str__(self) -> str:
        return self.name

    def sign(self, at: dt.datetime, by: str) -> None:
        """The words hold from now on."""
        AGREEMENT_STEPS.move(self, "sign")
        self.signed_at, self.signed_by = at, by
