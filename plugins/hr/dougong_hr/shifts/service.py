"""Planning who works which shift."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Refused, UnitOfWork, _
from dougong_hr.calendars.queries import workdays_of
from dougong_hr.employees.models import Employee
from dougong_hr.leave.models import AbsenceDay
from dougong_hr.shifts.models import Roster, Shift

LONGEST = dt.timedelta(days=366)


def plan_shifts(
    uow: UnitOfWork, ids: Sequence[int], shift: int, first: dt.date, last: dt.date
) -> list[Roster]:
    """The shift on every working day of these employees; days off and planned days stay."""
    uow.require("hr.roster.create")
    if last < first or last - first > LONGEST:
        raise Refused(_("Choose a time of at most a year; the last day is not before the first."))
    employees = uow.load(Employee, ids)
    uow.get(Shift, shift)
    taken = {
        (employee_id, on)
        for model in (Roster, AbsenceDay)
        for employee_id, on in uow.session.execute(
            select(model.employee_id, model.on).where(
                model.employee_id.in_(ids), model.on.between(first, last)
            )
        )
    }
    workdays = workdays_of(uow.session, ids, first)
    rows = [
        Roster(company_id=e.company_id, employee_id=e.id, shift_id=shift, on=day)
        for e in employees
        for day in workdays[e.id].between(first, last)
        if (e.id, day) not in taken
    ]
    uow.add(*rows)
    return rows


def shift_choices(session: Session, _employee: Employee) -> list[tuple[int, str]]:
    """The shifts there are."""
    return [
        (key, f"{code} {name}")
        for key, code, name in session.execute(
            select(Shift.id, Shift.code, Shift.name).where(Shift.active).order_by(Shift.code)
        )
    ]
