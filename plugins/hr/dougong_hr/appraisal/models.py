"""Appraisals of a period: goals with weights, ratings, and what colleagues say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Ask, Document, Percent, Refused, Row, State, Step, Workflow, _, later, link_to
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee


def _colleagues(session: Any, appraisal: Any) -> Any:
    from dougong_hr.feedback.service import colleagues

    return colleagues(session, appraisal)


APPRAISAL_STEPS = Workflow(
    "hr.appraisals",
    states=[
        State("goals", _("Goals"), "blue", editable=True),
        State("review", _("Review"), "cyan", editable=True),
        State("done", _("Done"), "green"),
    ],
    steps=[
        Step(
            "agree",
            _("Goals are agreed"),
            ["goals"],
            "review",
            needs="hr.appraisal.write",
            effect=later("dougong_hr.appraisal.service:agree_goals"),
            primary=True,
            icon="target",
        ),
        Step(
            "finish",
            _("Finish"),
            ["review"],
            "done",
            needs="hr.appraisal.finish",
            effect=later("dougong_hr.appraisal.service:finish_appraisals"),
            primary=True,
            icon="circle-check",
        ),
        Step(
            "invite",
            _("Ask a colleague"),
            ["review"],
            "review",
            needs="hr.appraisal.write",
            effect=later("dougong_hr.feedback.service:invite_colleagues"),
            icon="user-question",
            asks=[
                Ask("colleague", _("Colleague"), "link", required=True, choices=_colleagues),
                Ask("due_on", _("Answer until"), "date"),
            ],
        ),
        Step(
            "reopen",
            _("Open again"),
            ["done"],
            "review",
            needs="hr.appraisal.finish",
            icon="arrow-back",
        ),
    ],
)
CYCLE_STEPS = Workflow(
    "hr.cycles",
    states=[
        State("draft", _("Draft"), editable=True),
        State("running", _("Running"), "blue", editable=True),
        State("closed", _("Closed"), "green"),
    ],
    steps=[
        Step(
            "start",
            _("Start"),
            ["draft"],
            "running",
            needs="hr.cycle.write",
            effect=later("dougong_hr.appraisal.service:start_cycles"),
            primary=True,
            icon="player-play",
            confirm=_("Everybody who works here gets an appraisal."),
        ),
        Step("close", _("Close"), ["running"], "closed", needs="hr.cycle.write", icon="lock"),
    ],
)
CENT = Decimal("0.01")


class Cycle(Document, Base):
    """A period in which everybody is appraised."""

    __tablename__ = "hr_cycle"
    __document__: ClassVar[str] = "hr.cycles"
    __table_args__ = (
        UniqueConstraint("company_id", "name"),
        CheckConstraint(
            "until_on >= from_on",
            name="dates_in_order",
            info={"sentence": _("A period does not end before it begins.")},
        ),
    )

    name: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(8), default="draft")
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]

    def __str__(self) -> str:
        return self.name


class Appraisal(Document, Base):
    """One employee in one period."""

    __tablename__ = "hr_appraisal"
    __document__: ClassVar[str] = "hr.appraisals"
    __table_args__ = (
        UniqueConstraint("cycle_id", "employee_id"),
        CheckConstraint("state IN ('goals', 'review', 'done')", name="state_known"),
    )

    cycle_id: Mapped[int] = link_to("hr_cycle.id", index=False)
    employee_id: Mapped[int] = link_to("hr_employee.id")
    manager_id: Mapped[int | None] = link_to("hr_employee.id")
    #: Whose appraisal of which period: what it is called elsewhere.
    name: Mapped[str] = mapped_column(String(210))
    state: Mapped[str] = mapped_column(String(8), default="goals", index=True)
    #: The weighted mean of the goals' ratings, 1 to 5.
    rating: Mapped[Decimal | None] = mapped_column(Percent)
    self_review: Mapped[str | None] = mapped_column(String(4000))
    review: Mapped[str | None] = mapped_column(String(4000))

    cycle: Mapped[Cycle] = relationship(Cycle, lazy="raise")
    employee: Mapped[Employee] = relationship(Employee, foreign_keys=employee_id, lazy="raise")
    manager: Mapped[Employee | None] = relationship(Employee, foreign_keys=manager_id, lazy="raise")
    goals: Mapped[list[Goal]] = relationship(
        back_populates="appraisal", lazy="raise", order_by="Goal.position"
    )

    def __str__(self) -> str:
        return self.name

    def weigh(self) -> None:
        """The weighted mean of what was rated."""
        rated = [(Decimal(g.rating), g.weight) for g in self.goals if g.rating and g.weight]
        weights = sum((w for _r, w in rated), Decimal(0))
        total = sum((r * w for r, w in rated), Decimal(0))
        self.rating = (total / weights).quantize(CENT) if weights else None

    def agree(self) -> None:
        """What is to be reached is clear to both."""
        if not self.goals:
            raise Refused(_("Enter the goals first."))
        weights = sum((goal.weight for goal in self.goals), Decimal(0))
        if weights != 100:
            raise Refused(
                _("The weights of the goals come to %(sum)s, not to 100 percent.", sum=weights)
            )
        APPRAISAL_STEPS.move(self, "agree")

    def finish(self) -> None:
        """Every goal is rated, and the talk is over."""
        if any(goal.rating is None for goal in self.goals):
            raise Refused(_("Rate every goal first."))
        self.weigh()
        APPRAISAL_STEPS.move(self, "finish")


class Goal(Row, Base):
    """Something to be reached, and how far it was."""

    __tablename__ = "hr_goal"
    __part_of__: ClassVar[str] = "appraisal_id"
    __table_args__ = (
        CheckConstraint(
            "rating BETWEEN 1 AND 5",
            name="rating_sensible",
            info={"sentence": _("A rating is between 1 and 5.")},
        ),
        CheckConstraint(
            "weight >= 0",
            name="weight_not_negative",
            info={"sentence": _("A weight is not negative.")},
        ),
    )

    appraisal_id: Mapped[int] = link_to("hr_appraisal.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    what: Mapped[str] = mapped_column(String(200))
    measure: Mapped[str | None] = mapped_column(String(200))
    weight: Mapped[Decimal] = mapped_column(Percent)
    own_rating: Mapped[int | None] = mapped_column(Integer)
    rating: Mapped[int | None] = mapped_column(Integer)
    comment: Mapped[str | None] = mapped_column(String(500))

    appraisal: Mapped[Appraisal] = relationship(back_populates="goals", lazy="raise")
