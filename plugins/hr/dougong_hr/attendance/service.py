"""Coming and going, by the badge at the door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dougong import Invalid, NotFound, Refused, UnitOfWork, _
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


def stamp_oneself(uow: UnitOfWork, where: str | None = None) -> Attendance:
    """Whoever acts comes or goes; ``where`` is what `place_of` made of what their telephone told."""
    uow.require("hr.attendance.self")
    kept = where if uow.setting("hr.ask_where") else None
    (done,) = stamp(uow, [employee_of(uow)], source="own", where=kept)
    return done


def place_of(latitude: str, longitude: str, accuracy: str) -> str | None:
    """A place as it is kept: ``52.51630, 13.37770 ±12 m``; None where nothing was told.

    Degrees north and east, and metres. Raises `Invalid` for what is no place on earth.
    """
    if not (latitude or longitude):
        return None
    try:
        north, east, within = Decimal(latitude), Decimal(longitude), Decimal(accuracy or 0)
        known = abs(north) <= 90 and abs(east) <= 180 and 0 <= within < 10**7
    except InvalidOperation:  # no number, or not one that compares
        known = False
    if not known:
        raise Invalid({"latitude": _("This is no place on earth.")})
    return f"{north:.5f}, {east:.5f} ±{within:.0f} m"


def stamp(
    uow: UnitOfWork,
    employees: Sequence[Employee],
    at: dt.datetime | None = None,
    *,
    source: str = "kiosk",
    where: str | None = None,
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
                source=source,
                came_where=where,
            )
            uow.add(attendance)
        elif moment - attendance.came_at > LONGEST:
            raise StillHere(employee, attendance.came_at)
        else:
            attendance.leave(moment, where)
        done.append(attendance)
    return done


def local_day(uow: UnitOfWork, moment: dt.datetime) -> dt.date:
    """The date of a moment where the actor is."""
    return moment.astimezone(ZoneInfo(uow.actor.timezone)).date()
