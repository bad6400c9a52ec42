"""Plans for newcomers and leavers, and the tasks that come of them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Row, State, Step, Workflow, _, later, link_to, pgettext
from dougong_hr.db import Base
from dougong_hr.departments.models import Department
from dougong_hr.employees.models import Employee

PLAN_KINDS = {"joining": _("When somebody joins"), "leaving": _("When somebody leaves")}
WHO = {
    "hr": _("Human resources"),
    "manager": _("Manager"),
    "employee": _("The employee"),
    "it": _("Computer department"),
}

TASK_STEPS = Workflow(
    "hr.tasks",
    states=[
        State("open", pgettext("task", "Open"), "blue", editable=True),
        State("done", _("Done"), "green"),
        State("skipped", _("Not needed"), aside=True),
    ],
    steps=[
        Step(
            "finish",
            _("Done"),
            ["open"],
            "done",
            needs="hr.task.finish",
            effect=later("dougong_hr.plans.service:finish_tasks"),
            primary=True,
            icon="check",
        ),
        Step("skip", _("Not needed"), ["open"], "skipped", needs="hr.task.write", icon="x"),
        Step("reopen", _("Open again"), ["done", "skipped"], "open", needs="hr.task.write"),
    ],
)


class Plan(Document, Base):
    """What is to be done each time somebody comes or goes."""

    __tablename__ = "hr_plan"
    __document__: ClassVar[str] = "hr.plans"
    __table_args__ = (
        UniqueConstraint("company_id", "name"),
        CheckConstraint("kind IN ('joining', 'leaving')", name="kind_known"),
    )

    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8), default="joining")
    #: Only for people of this department.
    department_id: Mapped[int | None] = link_to("hr_department.id")
    active: Mapped[bool] = mapped_column(default=True)

    department: Mapped[Department | None] = relationship(Department, lazy="raise")
    lines: Mapped[list[PlanLine]] = relationship(
        back_populates="plan", lazy="raise", order_by="PlanLine.position"
    )

    def __str__(self) -> str:
        return self.name


class PlanLine(Row, Base):
    """One thing to do, so many days after the first or last day (before it when negative)."""

    __tablename__ = "hr_plan_line"
    __part_of__: ClassVar[str] = "plan_id"

    plan_id: Mapped[int] = link_to("hr_plan.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    what: Mapped[str] = mapped_column(String(200))
    who: Mapped[str] = mapped_column(String(8), default="hr")
    days: Mapped[int] = mapped_column(default=0)

    plan: Mapped[Plan] = relationship(back_populates="lines", lazy="raise")


class Task(Document, Base):
    """Something to do for an employee by a day."""

    __tablename__ = "hr_task"
    __document__: ClassVar[str] = "hr.tasks"
    __table_args__ = (CheckConstraint("state IN ('open', 'done', 'skipped')", name="state_known"),)

    employee_id: Mapped[int] = link_to("hr_employee.id")
    plan_id: Mapped[int | None] = link_to("hr_plan.id")
    what: Mapped[str] = mapped_column(String(200))
    who: Mapped[str] = mapped_column(String(8), default="hr")
    due_on: Mapped[dt.date] = mapped_column(index=True)
    done_on: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(String(8), default="open", index=True)

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
    plan: Mapped[Plan | None] = relationship(Plan, lazy="raise")

    def __str__(self) -> str:
        return self.what

    def finish(self, on: dt.date) -> None:
        """It is done."""
        TASK_STEPS.move(self, "finish")
        self.done_on = on
