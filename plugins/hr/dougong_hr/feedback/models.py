"""What colleagues were asked to say of an employee, from where they stand."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Refused, State, Step, Workflow, _, later, link_to, pgettext
from dougong_hr.appraisal.models import Appraisal
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee

RELATIONS = {
    "manager": _("Manager"),
    "peer": _("Colleague"),
    "report": _("Team member"),
    "self": _("Oneself"),
    "outside": _("From outside"),
}
#: Those who must not be told apart.
ANONYMOUS = ("peer", "report")

FEEDBACK_STEPS = Workflow(
    "hr.feedback",
    states=[
        State("asked", pgettext("feedback", "Asked"), "blue", editable=True),
        State("given", pgettext("feedback", "Given"), "green"),
        State("declined", pgettext("feedback", "Declined"), aside=True),
    ],
    steps=[
        Step(
            "give",
            _("Hand in"),
            ["asked"],
            "given",
            needs="hr.feedback.write",
            effect=later("dougong_hr.feedback.service:give_feedback"),
            primary=True,
            icon="send",
            confirm=_("It cannot be changed afterwards."),
        ),
        Step(
            "decline",
            _("Rather not"),
            ["asked"],
            "declined",
            needs="hr.feedback.write",
            effect=later("dougong_hr.feedback.service:decline_feedback"),
            icon="x",
        ),
    ],
)


class Feedback(Document, Base):
    """An invitation to say something of a colleague, and the answer."""

    __tablename__ = "hr_feedback"
    __document__: ClassVar[str] = "hr.feedback"
    __table_args__ = (
        UniqueConstraint(
            "appraisal_id",
            "employee_id",
            info={"sentence": _("This colleague was asked already.")},
        ),
        CheckConstraint("state IN ('asked', 'given', 'declined')", name="state_known"),
        CheckConstraint(
            "rating BETWEEN 1 AND 5",
            name="rating_sensible",
            info={"sentence": _("A rating is between 1 and 5.")},
        ),
    )

    appraisal_id: Mapped[int] = link_to("hr_appraisal.id", index=False)
    #: Who speaks.
    employee_id: Mapped[int] = link_to("hr_employee.id")
    #: Of whom; the one who speaks may see nothing else of the appraisal.
    about: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(8), default="asked", index=True)
    relation: Mapped[str] = mapped_column(String(8), default="peer")
    due_on: Mapped[dt.date | None]
    rating: Mapped[int | None] = mapped_column(Integer)
    strengths: Mapped[str | None] = mapped_column(String(2000))
    wishes: Mapped[str | None] = mapped_column(String(2000))

    appraisal: Mapped[Appraisal] = relationship(Appraisal, lazy="raise")
    employee: Mapped[Employee] = relationship(Employee, lazy="raise")

    def __str__(self) -> str:
        return self.about

    def give(self) -> None:
        """It is said."""
        if self.rating is None and not self.strengths and not self.wishes:
            raise Refused(_("Say something first: a rating, what is good, what could be better."))
        FEEDBACK_STEPS.move(self, "give")
