"""What somebody wants to know of themselves; every question is narrowed to their own file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from dougong import ZERO
from dougong_hr.advances.models import Advance
from dougong_hr.attendance.models import Attendance
from dougong_hr.benefits.models import BenefitEnrolment
from dougong_hr.calendars.workdays import month_of
from dougong_hr.claims.models import Claim
from dougong_hr.courses.papers import Agreement, Certificate
from dougong_hr.employees.models import Employee
from dougong_hr.feedback.models import Feedback
from dougong_hr.leave.models import LeaveRequest, LeaveType
from dougong_hr.leave.queries import days_taken, entitlements_of
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.plans.models import Task
from dougong_hr.shifts.models import Roster

SOME = 6
MONTHS = 12


@dataclass(frozen=True)
class Leave:
    """One type of leave in this year."""

    type: str
    granted: Decimal
    carried: Decimal
    carried_until: dt.date | None
    taken: Decimal
    #: What may be taken until the end of the year, and what is there today.
    left: Decimal
    today: Decimal


def own_file(session: Session, user_id: int | None) -> Employee | None:
    """The file of a log-in, or None."""
    if user_id is None:
        return None
    return session.scalars(
        select(Employee)
        .where(Employee.user_id == user_id)
        .options(joinedload(Employee.department), joinedload(Employee.position))
        .order_by(Employee.id)
        .limit(1)
    ).one_or_none()


def leave_of(session: Session, employee: Employee, on: dt.date) -> list[Leave]:
    """Granted, carried over, taken and left of every type that can run out."""
    taken = days_taken(session, [employee.id], [on.year])
    rows = entitlements_of(session, [employee.id], [on.year])
    types = {t.id: t for t in session.scalars(select(LeaveType).order_by(LeaveType.code))}
    end = on.replace(month=12, day=31)
    found = []
    for key, row in rows.items():
        kind = types.get(key[1])
        if kind is None or not kind.limited:
            continue
        days, account = taken.get(key, []), row.account(kind.accrual)
        found.append(
            Leave(
                kind.name,
                row.granted,
                row.carried,
                row.carried_until if row.carried else None,
                sum((part for _day, part in days), ZERO),
                account.left(days, end),
                account.left(days, on),
            )
        )
    return found


def desk(session: Session, employee: Employee, on: dt.date) -> Mapping[str, Any]:
    """Everything the page shows."""
    first, last = month_of(on)
    mine = employee.id
    return {
        "leave": leave_of(session, employee, on),
        "requests": _some(
            session, LeaveRequest, LeaveRequest.employee_id == mine,
            LeaveRequest.last_on >= on, order=LeaveRequest.first_on, also=[LeaveRequest.type],
        ),
        "here": session.scalars(
            select(Attendance).where(Attendance.employee_id == mine, Attendance.left_at.is_(None))
        ).first(),
        "hours": session.scalar(
            select(func.coalesce(func.sum(Attendance.hours), ZERO)).where(
                Attendance.employee_id == mine, Attendance.on.between(first, last)
            )
        ) or ZERO,
        "roster": _some(
            session, Roster, Roster.employee_id == mine, Roster.on >= on, order=Roster.on,
            also=[Roster.shift],
        ),
        "payslips": _payslips(session, mine),
        "claims": _some(session, Claim, Claim.employee_id == mine, order=Claim.id.desc()),
        "advances": _some(
            session, Advance, Advance.employee_id == mine, Advance.state == "paid",
            order=Advance.id,
        ),
        "benefits": _some(
            session, BenefitEnrolment, BenefitEnrolment.employee_id == mine,
            order=BenefitEnrolment.from_on.desc(), also=[BenefitEnrolment.plan],
        ),
        "certificates": _some(
            session, Certificate, Certificate.employee_id == mine,
            order=Certificate.valid_until.desc(),
        ),
        **_waiting(session, mine),
    }  # fmt: skip


def _waiting(session: Session, mine: int) -> Mapping[str, Any]:
    """What this person is asked to do."""
    return {
        "tasks": _some(
            session, Task, Task.employee_id == mine, Task.who == "employee", Task.state == "open",
            order=Task.due_on,
        ),
        "unsigned": _some(
            session, Agreement, Agreement.employee_id == mine, Agreement.state == "open",
            order=Agreement.id,
        ),
        "asked": _some(
            session, Feedback, Feedback.employee_id == mine, Feedback.state == "asked",
            order=Feedback.due_on,
        ),
    }  # fmt: skip


def _some(
    session: Session, model: Any, *conditions: Any, order: Any, also: Sequence[Any] = ()
) -> Sequence[Any]:
    options = [joinedload(part) for part in also]
    statement = select(model).where(*conditions).options(*options).order_by(order).limit(SOME)
    return session.scalars(statement).all()


def _payslips(session: Session, mine: int) -> Sequence[Payslip]:
    """The latest that are final."""
    return session.scalars(
        select(Payslip)
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .where(Payslip.employee_id == mine, Payroll.state == "posted")
        .order_by(Payslip.year.desc(), Payslip.month.desc(), Payslip.id.desc())
        .limit(MONTHS)
    ).all()
