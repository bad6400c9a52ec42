"""How shifts and rosters are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import Refused, _
from dougong.resources import Calendar, Field, Form, Number, Resource, Rights, Section
from dougong_hr.shifts.models import Roster, Shift


def derive_shift(shift: Shift, facts: Any) -> None:
    """Its hours."""
    try:
        shift.measure()
    except Refused as refusal:
        facts.error(shift, "begins", refusal.sentence)


class ShiftResource(Resource):
    """When people work."""

    name, model, label, one = "hr.shifts", Shift, _("Shifts"), _("Shift")
    icon, identity, title, sort = "clock-hour-8", "code", "name", "code"
    columns = ["code", "name", "begins", "ends", "break_minutes", "hours", "active"]
    search, filters = ["code", "name"], ["active"]
    form = Form(
        Section("code", "name", "begins", "ends", "break_minutes", "active"),
        Section("hours", side=True),
    )
    fields = {
        "begins": Field(label=_("Begins"), help=_("Like 08:30.")),
        "ends": Field(label=_("Ends"), help=_("Earlier than the begin means the next day.")),
        "break_minutes": Number(label=_("Break in minutes"), least=0, most=600),
        "hours": Number(label=_("Hours")),
    }
    derived = ["hours"]
    derive, rights = derive_shift, Rights("hr.shift")


class RosterResource(Resource):
    """Who works which shift on what day."""

    name, model, label, one = "hr.rosters", Roster, _("Rosters"), _("Roster")
    icon, title, sort = "calendar-user", "on", "-on"
    columns = ["on", "employee", "shift", "shift.begins", "shift.ends"]
    search, filters = ["employee.name", "shift.code"], ["on", "employee", "shift"]
    groups = ["shift", "employee"]
    form = Form(Section("employee", "on", "shift"))
    fields = {"on": Field(label=_("Day"))}
    boards = [Calendar("on")]
    rights = Rights("hr.roster")
