"""What was said of an applicant, and what they were offered."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Percent, Quantity, Row, _, link_to
from dougong.people.users.models import User
from dougong_base import Calendar
from dougong_hr.db import Base
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.privacy import WAGE
from dougong_hr.recruitment.models import Applicant
from dougong_hr.structures.models import Structure

VERDICTS = {"yes": _("Hire"), "maybe": _("Perhaps"), "no": _("Do not hire")}
CENT = Decimal("0.01")


class Interview(Document, Base):
    """A talk with an applicant, and a scorecard."""

    __tablename__ = "hr_interview"
    __document__: ClassVar[str] = "hr.interviews"

    applicant_id: Mapped[int] = link_to("hr_applicant.id")
    at: Mapped[dt.datetime] = mapped_column(index=True)
    interviewer_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    place: Mapped[str | None] = mapped_column(String(120))
    verdict: Mapped[str | None] = mapped_column(String(8))
    #: The mean of the scores, 1 to 5.
    score: Mapped[Decimal | None] = mapped_column(Percent)
    note: Mapped[str | None] = mapped_column(String(2000))

    applicant: Mapped[Applicant] = relationship(Applicant, lazy="raise")
    interviewer: Mapped[User | None] = relationship(User, lazy="raise")
    scores: Mapped[list[Score]] = relationship(
        back_populates="interview", lazy="raise", order_by="Score.position"
    )

    def __str__(self) -> str:
        return str(self.at.date()) if self.at else ""

    def add_up(self) -> None:
        """The mean of the scores."""
        given = [Decimal(s.score) for s in self.scores if s.score]
        self.score = (sum(given, Decimal(0)) / len(given)).quantize(CENT) if given else None


class Score(Row, Base):
    """How well somebody does in one respect."""

    __tablename__ = "hr_score"
    __part_of__: ClassVar[str] = "interview_id"
    __table_args__ = (
        CheckConstraint(
            "score BETWEEN 1 AND 5",
            name="score_sensible",
            info={"sentence": _("A score is between 1 and 5.")},
        ),
    )

    interview_id: Mapped[int] = link_to("hr_interview.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    criterion: Mapped[str] = mapped_column(String(80))
    score: Mapped[int] = mapped_column(Integer)
    comment: Mapped[str | None] = mapped_column(String(200))

    interview: Mapped[Interview] = relationship(back_populates="scores", lazy="raise")


class Offer(Document, Base):
    """What an applicant is offered; the contract is prepared from it."""

    __tablename__ = "hr_offer"
    __document__: ClassVar[str] = "hr.offers"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'sent', 'accepted', 'declined')", name="state_known"),
        CheckConstraint(
            "wage >= 0", name="wage_not_negative", info={"sentence": _("A wage is not negative.")}
        ),
    )

    applicant_id: Mapped[int] = link_to("hr_applicant.id")
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    starts_on: Mapped[dt.date]
    wage: Mapped[Decimal] = mapped_column(info=WAGE)
    hours_week: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(40))
    probation_months: Mapped[int] = mapped_column(Integer, default=3)
    calendar_id: Mapped[int | None] = link_to("base_calendar.id", index=False)
    structure_id: Mapped[int | None] = link_to("hr_structure.id", index=False)
    insurance_id: Mapped[int | None] = link_to("hr_insurance_plan.id", index=False)
    note: Mapped[str | None] = mapped_column(String(2000))

    applicant: Mapped[Applicant] = relationship(Applicant, lazy="raise")
    calendar: Mapped[Calendar | None] = relationship(Calendar, lazy="raise")
    structure: Mapped[Structure | None] = relationship(Structure, lazy="raise")
    insurance: Mapped[InsurancePlan | None] = relationship(InsurancePlan, lazy="raise")

    def __str__(self) -> str:
        return str(self.starts_on)
