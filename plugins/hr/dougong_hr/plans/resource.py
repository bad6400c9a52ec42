"""How plans and their tasks are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Lines,
    Number,
    Resource,
    Rights,
    Section,
)
from dougong_hr.plans.models import PLAN_KINDS, TASK_STEPS, WHO, Plan, Task


class PlanResource(Resource):
    """What is to be done when somebody comes or goes."""

    name, model, label, one = "hr.plans", Plan, _("Joining and leaving plans"), _("Plan")
    icon, identity, title, sort = "list-check", "name", "name", "name"
    columns, search = ["name", "kind", "department", "active"], ["name"]
    filters = ["kind", "department", "active"]
    form = Form(
        Section("name", "kind", "department", "active"),
        Lines("lines", "what", "who", "days", title=_("Tasks")),
    )
    fields = {
        "kind": Choice(label=_("Kind"), choices=PLAN_KINDS),
        "department": Field(label=_("Only for")),
        "lines.what": Field(label=_("What is to be done")),
        "lines.who": Choice(label=_("Who does it"), choices=WHO),
        "lines.days": Number(
            label=_("Days after"), help=_("After the first or last day; negative is before it.")
        ),
    }
    rights = Rights("hr.plan")


class TaskResource(Resource):
    """What is to be done for newcomers and leavers."""

    name, model, label, one = "hr.tasks", Task, _("Tasks for people"), _("Task")
    icon, title, sort = "checkbox", "what", "due_on"
    columns = ["due_on", "what", "employee", "who", "state", "done_on"]
    search, filters = ["what", "employee.name"], ["state", "who", "employee", "due_on"]
    groups = ["employee", "who", "state"]
    form = Form(Section("employee", "what", "who", "due_on"), Section("done_on", "plan", side=True))
    fields = {
        "what": Field(label=_("What is to be done")),
        "who": Choice(label=_("Who does it"), choices=WHO),
        "due_on": Field(label=_("Due on")),
        "done_on": Field(label=_("Done on")),
        "plan": Field(label=_("Plan")),
    }
    derived = ["done_on", "plan"]
    boards = [Calendar("due_on")]
    steps, rights = TASK_STEPS, Rights("hr.task")
