"""How calendars are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Lines, Resource, Rights, Section
from dougong_base.calendars.models import Calendar


class CalendarResource(Resource):
    """Which days are worked."""

    name, model, label, one = "base.calendars", Calendar, _("Calendars"), _("Calendar")
    icon, identity, title, sort = "calendar-week", "code", "name", "code"
    columns, search = ["code", "name"], ["code", "name"]
    form = Form(
        Section("code", "name"),
        Section(
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
            title=_("Working days"), side=True,
        ),
        Lines("holidays", "on", "name", "worked", title=_("Holidays")),
    )  # fmt: skip
    fields = {
        "holidays.on": Field(label=_("Day")),
        "holidays.worked": Field(label=_("Worked instead")),
    }
    rights = Rights("base.calendar")
