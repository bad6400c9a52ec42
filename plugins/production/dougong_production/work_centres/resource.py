"""How work centres are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Field, Form, Lines, Long, Number, Resource, Rights, Section
from dougong_production.work_centres.models import WorkCentre


def check_centre(centre: WorkCentre, facts: Any) -> None:
    """It works, and at least at one thing at a time."""
    if centre.capacity is not None and centre.capacity < 1:
        facts.error(centre, "capacity", _("A work centre does at least one thing at a time."))
    if centre.hours_a_day is not None and not 0 < centre.hours_a_day <= 24:
        facts.error(
            centre,
            "hours_a_day",
            _("A work centre works more than 0 and at most 24 hours a day."),
        )
    for line in centre.alternatives:
        if line.alternative_id is not None and line.alternative_id == centre.id:
            facts.error(line, "alternative", _("A work centre is no alternative to itself."))


class WorkCentreResource(Resource):
    """Machines, benches and teams."""

    name, model, label, one = (
        "production.work_centres",
        WorkCentre,
        _("Work centres"),
        _("Work centre"),
    )
    manual = "production#where-work-is-done"
    icon, identity, title, sort = "tool", "code", "name", "code"
    columns = ["code", "name", "group", "capacity", "hours_a_day", "efficiency", "active"]
    search, filters, groups = ["code", "name"], ["group", "active"], ["group"]
    form = Form(
        Section("code", "name", "group", "active"),
        Section("calendar", "hours_a_day", "capacity", "efficiency", title=_("How much it can do")),
        Lines("alternatives", "alternative", title=_("Alternatives")),
        Section("labour_rate", "overhead_rate", title=_("Cost of an hour"), side=True),
        Section("note", title=_("More"), side=True),
    )
    fields = {
        "group": Field(label=_("Group")),
        "calendar": Field(
            label=_("Calendar"), help=_("Empty: Monday to Friday, without holidays.")
        ),
        "hours_a_day": Number(label=_("Hours a day"), least=0, most=24),
        "capacity": Number(label=_("At once"), least=1, help=_("How many things it does at once.")),
        "efficiency": Number(
            label=_("Efficiency (%)"), least=0, help=_("50 takes twice as long as planned.")
        ),
        "labour_rate": Field(label=_("People")),
        "overhead_rate": Field(label=_("Machine and place")),
        "note": Long(label=_("Note")),
        "alternatives.alternative": Field(label=_("Work centre")),
    }
    check, rights = check_centre, Rights("production.work_centre")
