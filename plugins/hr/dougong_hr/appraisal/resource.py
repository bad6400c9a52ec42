"""How appraisals are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import (
    Field,
    Form,
    Kanban,
    Lines,
    Long,
    Number,
    Resource,
    Rights,
    Section,
    Tab,
)
from dougong_hr.appraisal.models import APPRAISAL_STEPS, CYCLE_STEPS, Appraisal, Cycle
from dougong_hr.appraisal.service import called
from dougong_hr.employees.models import Employee
from dougong_hr.employees.own import own_employee
from dougong_hr.feedback.service import show_voices


def derive_appraisal(appraisal: Appraisal, facts: Any) -> None:
    """The rating follows from the goals, the name from whose it is and when."""
    appraisal.weigh()
    cycle = facts.get(Cycle, appraisal.cycle_id)
    employee = facts.get(Employee, appraisal.employee_id)
    if cycle is not None and employee is not None:
        appraisal.name = called(employee.name, cycle)


def check_appraisal(appraisal: Appraisal, facts: Any) -> None:
    """The ratings that count come from the manager: nobody rates themselves."""
    mine = facts.actor.user_id is not None and appraisal.employee_id == own_employee(facts)
    if not mine:
        return
    for name in ("review", "manager", "cycle", "employee"):
        if facts.changed(appraisal, name):
            facts.error(appraisal, name, _("This is for your manager to enter."))
    for goal in appraisal.goals:
        if facts.changed(goal, "rating"):
            facts.error(goal, "rating", _("Nobody rates themselves. Enter your own rating."))


class CycleResource(Resource):
    """The periods in which people are appraised."""

    name, model, label, one = "hr.cycles", Cycle, _("Appraisal periods"), _("Appraisal period")
    icon, identity, title, sort = "calendar-repeat", "name", "name", "-from_on"
    columns, search, filters = ["name", "from_on", "until_on", "state"], ["name"], ["state"]
    form = Form(Section("name", "from_on", "until_on"))
    fields = {"from_on": Field(label=_("From")), "until_on": Field(label=_("Until"))}
    steps, rights = CYCLE_STEPS, Rights("hr.cycle")


class AppraisalResource(Resource):
    """Goals, ratings and reviews."""

    name, model, label, one = "hr.appraisals", Appraisal, _("Appraisals"), _("Appraisal")
    icon, title, sort = "chart-radar", "name", "-id"
    columns = ["cycle", "employee", "manager", "state", "rating"]
    search, filters = ["employee.name"], ["state", "cycle", "employee", "manager"]
    groups = ["cycle", "state", "manager"]
    form = Form(
        Section("cycle", "employee", "manager"),
        Lines(
            "goals", "what", "measure", "weight", "own_rating", "rating", "comment",
            title=_("Goals"),
        ),
        Section("self_review"),
        Section("review"),
        Section("rating", side=True),
    )  # fmt: skip
    fields = {
        "cycle": Field(label=pgettext("appraisal", "Period")),
        "manager": Field(label=_("Manager")),
        "rating": Number(label=_("Rating")),
        "self_review": Long(label=_("What the employee says")),
        "review": Long(label=_("What the manager says")),
        "goals.what": Field(label=_("Goal")),
        "goals.measure": Field(label=_("How it is measured")),
        "goals.weight": Number(label=_("Weight %"), least=0, most=100),
        "goals.own_rating": Number(label=_("Own rating"), least=1, most=5),
        "goals.rating": Number(label=_("Rating"), least=1, most=5),
        "goals.comment": Field(label=_("Comment")),
    }
    derived = ["rating"]
    boards = [Kanban("state", card=["employee", "manager", "rating"])]
    tabs = [Tab("voices", _("What colleagues say"), show_voices)]
    steps, derive, check = APPRAISAL_STEPS, derive_appraisal, check_appraisal
    rights = Rights("hr.appraisal")
