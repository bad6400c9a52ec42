"""Coming and going, by the badge at the door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dougong import NotFound, Refused, UnitOfWork, _
from dougong_hr.attendance.models import LONGEST, Attendance
from dougong_hr.attendance.pins import prove
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import employee_of


class StillHere(Refused):
    """Checked in long ago and never out."""

    def __init__(self, employee: Employee, came_at: dt.datetime) -> None:
        super().__init__(
            _(
                "%(employee)s came on %(day)s and never checked out. Correct that attendance first.",
                employee=employee, day=came_at.date(),
            )
        )  # fmt: skip


def stamp_badges(
    uow: UnitOfWork, badges: Sequence[str], at: dt.datetime | None = None
) -> list[Attendance]:
    """Whoever is not here comes; whoever is here goes. One badge is a batch of one."""
    uow.require("hr.attendance.stamp")
    people = _holders(uow, badges)
    return stamp(uow, [people[badge] for badge in badges], at)


def stamp_at_door(uow: UnitOfWork, badge: str, pin: str = "") -> Attendance:
    """One badge, and the PIN of those who have one. Raises `WrongPin`."""
    uow.require("hr.attendance.stamp")
    employee = _holders(uow, [badge])[badge]
    prove(uow, employee, pin)
    (done,) = stamp(uow, [employee])
    return done


def _holders(uow: UnitOfWork, badges: Sequence[str]) -> dict[str, Employee]:
    people = {
        e.badge or "": e
        for e in uow.session.scalars(
            select(Employee).where(
                Employee.company_id == uow.company_id,
                Employee.badge.in_(badges),
                Employee.state == "active",
            )
        )
    }
    for badge in badges:
        if badge not in people:
            raise NotFound(_("badge"), badge[:40])
    return people


def stamp_oneself(uow: UnitOfWork) -> Attendance:
    """Whoever acts comes or goes."""
    uow.require("hr.attendance.self")
    (done,) = stamp(uow, [employee_of(uow)])
    return done


def stamp(
    uow: UnitOfWork, employees: Sequence[Employee], at: dt.datetime | None = None
) -> list[Attendance]:
    """Check these people in or out at this moment."""
    moment = at or uow.now
    here = {
        a.employee_id: a
        for a in uow.session.scalars(
            select(Attendance).where(
                Attendance.employee_id.in_([e.id for e in employees]), Attendance.left_at.is_(None)
            )
        )
    }
    done = []
    for employee in employees:
        attendance = here.get(employee.id)
        if attendance is None:
            attendance = Attendance(
                company_id=employee.company_id,
                employee_id=employee.id,
                came_at=moment,
                on=local_day(uow, moment),
                source="kiosk",
            )
            uow.add(attendance)
        elif moment - attendance.came_at > LONGEST:
            raise StillHere(employee, attendance.came_at)
        else:
            attendance.leave(moment)
        done.append(attendance)
    return done


def local_day(uow: UnitOfWork, moment: dt.datetime) -> dt.date:
    """The date of a moment where the actor is."""
    return moment.astimezone(ZoneInfo(uow.actor.timezone)).date()
