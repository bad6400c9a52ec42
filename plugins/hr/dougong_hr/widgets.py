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
from dougong_hr.leave.models import LeaveRequest
from dougong_hr.plans.models import Task
from dougong_hr.recruitment.models import Applicant
from dougong_hr.reports.papers import endings

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


def papers_that_end(session: Session, actor: Actor) -> list[tuple[Any, ...]]:
    """Certificates and agreements that end within thirty days or have just ended."""
    start = today(actor)
    found = endings(session, start - SOON, start + SOON)
    papers = [row for row in found if "/contracts/" not in row[4]]
    return [(f"{person}: {called}", on, url) for on, person, _what, called, url in papers[:SOME]]


def leave_to_decide(session: Session, actor: Actor) -> list[tuple[Any, ...]]:
    """Requests that wait for a yes or no, the soonest first."""
    rows = session.execute(
        select(LeaveRequest.id, LeaveRequest.first_on, Employee.name)
        .join(Employee, Employee.id == LeaveRequest.employee_id)
        .where(LeaveRequest.state == "asked")
        .order_by(LeaveRequest.first_on)
        .limit(SOME)
    )
    return [(r.name, r.first_on, f"/hr/leaves/{r.id}") for r in rows]


def new_applicants(session: Session, actor: Actor) -> list[tuple[Any, ...]]:
    """Who has applied last and is still in the running."""
    rows = session.execute(
        select(Applicant.id, Applicant.name, Applicant.applied_on)
        .where(Applicant.state == "open")
        .order_by(Applicant.applied_on.desc(), Applicant.id.desc())
        .limit(SOME)
    )
    return [(r.name, r.applied_on, f"/hr/applicants/{r.id}") for r in rows]


WIDGETS = [
    Widget(
        "hr.contracts", _("Contracts and probations that end"), contracts_to_decide,
        "hr.contract.read", "list", "hr.contracts", 60,
    ),
    Widget(
        "hr.leave", _("Leave to decide"), leave_to_decide, "hr.leave.approve", "list", "hr.leaves",
        59,
    ),
    Widget(
        "hr.papers", _("Papers that end"), papers_that_end, "hr.certificate.create", "list",
        "hr.certificates", 62,
    ),
    Widget(
        "hr.applicants", _("Applicants"), new_applicants, "hr.applicant.read", "list",
        "hr.applicants", 63,
    ),
    Widget("hr.tasks", _("Tasks for people"), open_tasks, "hr.task.read", "list", "hr.tasks", 61),
]  # fmt: skip
