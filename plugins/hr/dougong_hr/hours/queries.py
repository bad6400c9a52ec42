"""The hours people should work in a month, and those they did."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import ZERO
from dougong_hr.attendance.models import Attendance
from dougong_hr.calendars.workdays import Workdays
from dougong_hr.leave.models import AbsenceDay, LeaveType
from dougong_hr.shifts.models import Roster, Shift

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Hours:
    """One person's hours in a time."""

    planned: Decimal
    worked: Decimal
    #: Hours of approved leave, which count as planned and need not be worked.
    away: Decimal

    @property
    def overtime(self) -> Decimal:
        """What was worked beyond what was planned and not off; never negative."""
        return max(ZERO, self.worked - max(ZERO, self.planned - self.away))


def worked_hours(
    session: Session, employee_ids: Collection[int], first: dt.date, last: dt.date
) -> Mapping[int, Decimal]:
    """The hours of attendance of each person."""
    rows = session.execute(
        select(Attendance.employee_id, func.sum(Attendance.hours).label("hours"))
        .where(Attendance.employee_id.in_(employee_ids), Attendance.on.between(first, last))
        .group_by(Attendance.employee_id)
    )
    return {row.employee_id: row.hours for row in rows}


def away_days(
    session: Session, employee_ids: Collection[int], first: dt.date, last: dt.date
) -> Mapping[int, tuple[Decimal, Decimal]]:
    """The days of approved leave of each person, and how many of them are not paid."""
    rows = session.execute(
        select(AbsenceDay.employee_id, LeaveType.paid, func.sum(AbsenceDay.part).label("days"))
        .join(LeaveType, LeaveType.id == AbsenceDay.type_id)
        .where(
            AbsenceDay.employee_id.in_(employee_ids),
            AbsenceDay.approved,
            AbsenceDay.on.between(first, last),
        )
        .group_by(AbsenceDay.employee_id, LeaveType.paid)
    )
    found: dict[int, tuple[Decimal, Decimal]] = {}
    for employee_id, paid, days in rows:
        away, unpaid = found.get(employee_id, (ZERO, ZERO))
        found[employee_id] = (away + days, unpaid + (ZERO if paid else days))
    return found


def rostered_hours(
    session: Session, employee_ids: Collection[int], first: dt.date, last: dt.date
) -> Mapping[int, Mapping[dt.date, Decimal]]:
    """The hours of the shifts that were planned, day by day."""
    found: dict[int, dict[dt.date, Decimal]] = defaultdict(dict)
    rows = session.execute(
        select(Roster.employee_id, Roster.on, Shift.hours)
        .join(Shift, Shift.id == Roster.shift_id)
        .where(Roster.employee_id.in_(employee_ids), Roster.on.between(first, last))
    )
    for employee_id, on, hours in rows:
        found[employee_id][on] = hours
    return found


def planned_hours(
    workdays: Workdays,
    hours_week: Decimal,
    roster: Mapping[dt.date, Decimal],
    first: dt.date,
    last: dt.date,
) -> Decimal:
    """By the roster where there is one in that time, else the contract's hours on working days."""
    if roster:
        return sum(roster.values(), ZERO)
    a_day = hours_week / (workdays.days_a_week or 1)
    return (a_day * len(workdays.between(first, last))).quantize(CENT)


def hours_of(
    workdays: Workdays,
    hours_week: Decimal,
    roster: Mapping[dt.date, Decimal],
    span: tuple[dt.date, dt.date],
    worked: Decimal,
    days_away: Decimal,
) -> Hours:
    """Planned, worked and away, of one person."""
    a_day = hours_week / (workdays.days_a_week or 1)
    planned = planned_hours(workdays, hours_week, roster, *span)
    return Hours(planned, worked, (a_day * days_away).quantize(CENT))
