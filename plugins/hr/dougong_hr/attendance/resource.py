"""How attendance is shown, entered and read from files."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select

from dougong import _
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Number,
    Pivot,
    Resource,
    Rights,
    Section,
)
from dougong_hr.attendance.models import SOURCES, Attendance
from dougong_hr.attendance.service import local_day


def derive_attendance(attendance: Attendance, facts: Any) -> None:
    """The day it counts for, and the hours."""
    if attendance.came_at is not None:
        attendance.on = local_day(facts.uow, attendance.came_at)
        attendance.measure()


def check_attendance(attendance: Attendance, facts: Any) -> None:
    """Nobody is here twice at the same time; lines of one file are compared by the database."""
    if attendance.left_at is not None and attendance.left_at <= attendance.came_at:
        facts.error(attendance, "left_at", _("Nobody leaves before they come."))
        return
    if attendance.hours < 0:
        sentence = _("The break is longer than the time between coming and going.")
        facts.error(attendance, "break_minutes", sentence)
        return
    others = facts.uow.session.scalars(
        select(Attendance)
        .where(
            Attendance.employee_id == attendance.employee_id,
            Attendance.id != (attendance.id or 0),
            or_(Attendance.left_at.is_(None), Attendance.left_at > attendance.came_at),
        )
        .order_by(Attendance.came_at)
        .limit(1)
    )
    for other in others:
        if other.meets(attendance.came_at, attendance.left_at):
            facts.error(
                attendance,
                "came_at",
                _("The employee was already here on %(day)s at that time.", day=other.on),
            )


class AttendanceResource(Resource):
    """When people came and went."""

    name, model, label, one = "hr.attendances", Attendance, _("Attendance"), _("Attendance")
    manual = "people#time-and-leave"
    icon, title, sort = "clock-check", "on", "-came_at"
    columns = ["on", "employee", "came_at", "left_at", "hours", "source"]
    search = ["employee.name", "employee.number"]
    filters = ["on", "employee", "employee.department", "source", "left_at"]
    groups, totals = ["employee", "on:month"], ["hours"]
    form = Form(
        Section("employee", "came_at", "left_at", "break_minutes", "note"),
        Section("on", "hours", "source", "came_where", "left_where", side=True),
    )
    fields = {
        "on": Field(label=_("Day")),
        "came_at": Field(label=_("Came")),
        "left_at": Field(label=_("Left")),
        "break_minutes": Number(label=_("Break in minutes"), least=0, most=600),
        "hours": Number(label=_("Hours")),
        "source": Choice(label=_("Entered"), choices=SOURCES),
        "came_where": Field(label=_("Came here")),
        "left_where": Field(label=_("Left from here")),
        "note": Field(label=_("Note")),
    }
    derived = ["on", "hours", "came_where", "left_where"]
    boards = [Calendar("on"), Pivot("hours", rows="employee", columns="on:month")]
    derive, check, rights = derive_attendance, check_attendance, Rights("hr.attendance")
