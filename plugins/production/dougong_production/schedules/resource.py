"""How schedules are shown and entered."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Choice, Field, Form, Number, Resource, Rights, Section, Tab
from dougong_production.schedules.gantt import gantt
from dougong_production.schedules.models import LONGEST_DAYS, Schedule
from dougong_production.schedules.workflow import SCHEDULE_STEPS

RESULTS = {
    "optimal": _("Best possible"),
    "feasible": _("Best found"),
    "dispatched": _("By priority rule"),
}


class ScheduleResource(Resource):
    """Which operation runs where and when, tried and compared before one is adopted."""

    name, model = "production.schedules", Schedule
    manual = "production#who-works-on-what-and-when"
    label, one, icon = _("Schedules"), _("Schedule"), "timeline"
    title, sort = "name", "-id"
    columns = ["name", "state", "start_at", "result", "late", "tardiness", "makespan", "base"]
    search, filters = ["name"], ["state", "base", "late"]
    form = Form(
        Section("name", "days", "frozen_hours", "extra_hours", "seconds", "repeatable"),
        Section("result", "late", "tardiness", "makespan", "message", title=_("Result")),
        Section("start_at", "base", title=_("Trail"), side=True),
    )
    fields = {
        "name": Field(label=_("Name")),
        "days": Number(label=_("Days ahead"), least=1, most=LONGEST_DAYS),
        "seconds": Number(label=_("Seconds to look"), least=1, most=3600),
        "repeatable": Field(label=_("Repeatable")),
        "frozen_hours": Number(label=_("Frozen hours"), least=0),
        "extra_hours": Number(label=_("Extra hours a day"), least=0),
        "start_at": Field(label=_("From")),
        "base": Field(label=_("What if of")),
        "result": Choice(label=_("Result"), choices=RESULTS),
        "late": Field(label=pgettext("count", "Late")),
        "tardiness": Field(label=_("Minutes late in all")),
        "makespan": Field(label=_("Minutes to the end")),
        "message": Field(label=_("Message")),
    }
    derived = ["start_at", "base", "result", "late", "tardiness", "makespan", "message"]
    tabs = [Tab("gantt", _("Gantt chart"), gantt)]
    steps, rights = SCHEDULE_STEPS, Rights("production.schedule")
