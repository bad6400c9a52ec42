"""Cards for those who look after people."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dougong import Widget, _
from dougong.actors import Actor
from dougong.reports.parameters import today
from dougong_hr.contracts.models import Contract
from dougong_hr.employees.models import Employee
from dougong_hr.plans.models import Task

SOME = 8
SOON = dt.timedelta(days=30)


def contracts_to_decide(session: Session, actor: Actor) -> list[tuple[Any, ...]]:
    """Contracts and probations that end within thirty days."""
    start = today(actor)
    soon = start + SOON
    rows = session.execute(
        select(Contract.id, Employee.name, Contract.ends_on, Contract.probation_until)
        .join(Employee, Employee.id == Contract.employee_id)
        .where(
            Contract.state == "active",
            or_(
                Contract.ends_on.between(start, soon),
                Contract.probation_until.between(start, soon),
            ),
        )
        .order_by(Contract.ends_on)
        .limit(SOME)
    )
    return [(r.name, r.ends_on or r.probation_until, f"/hr/contracts/{r.id}") for r in rows]


def open_tasks(session: Session, actor: Actor) -> list[tuple[Any, ...]]:
    """What is to be done for people who come or go, the most urgent first."""
    rows = session.execute(
        select(Task.id, Task.what, Task.due_on, Employee.name)
        .join(Employee, Employee.id == Task.employee_id)
        .where(Task.state == "open")
        .order_by(Task.due_on)
        .limit(SOME)
    )
    return [(f"{r.name}: {r.what}", r.due_on, f"/hr/tasks/{r.id}") for r in rows]


WIDGETS = [
    Widget(
        "hr.contracts", _("Contracts and probations that end"), contracts_to_decide,
        "hr.contract.read", "list", "hr.contracts", 60,
    ),
    Widget("hr.tasks", _("Tasks for people"), open_tasks, "hr.task.read", "list", "hr.tasks", 61),
]  # fmt: skip
