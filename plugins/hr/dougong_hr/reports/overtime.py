"""Who has worked more than planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import ZERO, _
from dougong.actors import Actor
from dougong.reports import Column, Line, Parameter, Report
from dougong.reports.parameters import today
from dougong_hr.calendars.queries import workdays_of
from dougong_hr.calendars.workdays import Workdays, month_of
from dougong_hr.contracts.queries import hours_by_employee
from dougong_hr.employees.models import Employee
from dougong_hr.hours.queries import away_days, hours_of, rostered_hours, worked_hours


def ask_overtime(
    session: Session, actor: Actor, *, first: dt.date, last: dt.date
) -> Iterable[Line]:
    """Planned and worked hours of everybody who works here."""
    people = session.execute(
        select(Employee.id, Employee.name, Employee.number)
        .where(Employee.state == "active")
        .order_by(Employee.name)
    ).all()
    ids = [row.id for row in people]
    workdays = workdays_of(session, ids, last)
    weekly = hours_by_employee(session, ids, last)
    worked, away = worked_hours(session, ids, first, last), away_days(session, ids, first, last)
    roster = rostered_hours(session, ids, first, last)
    for row in people:
        hours = hours_of(
            workdays.get(row.id, Workdays()),
            weekly.get(row.id, ZERO),
            roster.get(row.id, {}),
            (first, last),
            worked.get(row.id, ZERO),
            away.get(row.id, (ZERO, ZERO))[0],
        )
        yield Line(
            {
                "employee": row.name,
                "number": row.number,
                "planned": hours.planned,
                "away": hours.away,
                "worked": hours.worked,
                "overtime": hours.overtime,
            },
            drill=f"/hr/attendances?employee={row.id}&on.ge={first}&on.le={last}",
        )


OVERTIME = Report(
    "hr.overtime",
    _("Hours and overtime"),
    "hr.attendance.read",
    [
        Column("number", _("Employee number")),
        Column("employee", _("Employee")),
        Column("planned", _("Planned hours"), "quantity", total=True),
        Column("away", _("On leave"), "quantity", total=True),
        Column("worked", _("Worked hours"), "quantity", total=True),
        Column("overtime", _("Overtime"), "quantity", total=True),
    ],
    ask_overtime,
    [
        Parameter("first", _("From"), "date", lambda actor: month_of(today(actor))[0]),
        Parameter("last", _("Until"), "date", lambda actor: month_of(today(actor))[1]),
    ],
    icon="clock-plus",
    order=30,
)
