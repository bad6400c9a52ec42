"""How machines, their plans and the work on them are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Kanban,
    Long,
    Number,
    Resource,
    Rights,
    Section,
)  # fmt: skip
from dougong_production.maintenance.models import (
    KINDS,
    MAINTENANCE_STEPS,
    Equipment,
    MaintenanceOrder,
    MaintenancePlan,
)


class EquipmentResource(Resource):
    """Machines and tools."""

    name, model, label, one = "production.equipment", Equipment, _("Equipment"), _("Machine")
    manual = "quality#machines"
    icon, identity, title, sort = "engine", "code", "name", "code"
    columns = ["code", "name", "work_centre", "hours_used", "active"]
    search, filters = ["code", "name", "serial"], ["work_centre", "active"]
    form = Form(
        Section("code", "name", "work_centre", "serial", "in_use_since", "hours_used"),
        Section("active", "note", side=True),
    )
    fields = {
        "code": Field(label=_("Code")),
        "name": Field(label=_("Name")),
        "work_centre": Field(label=_("Work centre")),
        "serial": Field(label=_("Serial number")),
        "in_use_since": Field(label=_("In use since")),
        "hours_used": Number(label=_("Hours of use"), least=0),
        "note": Long(label=_("Note")),
        "active": Field(label=_("Active")),
    }
    rights = Rights("production.equipment")


def check_plan(plan: MaintenancePlan, facts: Any) -> None:
    """It is due some time."""
    if not plan.every_days and not plan.every_hours:
        facts.error(plan, "every_days", _("Say after how many days or hours of use it is due."))


class MaintenancePlanResource(Resource):
    """When machines are looked after."""

    name, model = "production.maintenance_plans", MaintenancePlan
    label, one, icon = _("Maintenance plans"), _("Maintenance plan"), "calendar-repeat"
    title, sort = "name", "name"
    columns = ["name", "equipment", "every_days", "every_hours", "last_on", "active"]
    search, filters = ["name", "equipment.name"], ["equipment", "active"]
    form = Form(
        Section("name", "equipment", "every_days", "every_hours", "instructions"),
        Section("last_on", "last_hours", "active", side=True),
    )
    fields = {
        "name": Field(label=_("Name")),
        "equipment": Field(label=_("Machine")),
        "every_days": Number(label=_("Every so many days"), least=0),
        "every_hours": Number(label=_("Every so many hours of use"), least=0),
        "last_on": Field(label=_("Last time")),
        "last_hours": Number(label=_("At hours of use"), least=0),
        "instructions": Long(label=_("Instructions")),
        "active": Field(label=_("Active")),
    }
    check, rights = check_plan, Rights("production.maintenance_plan")


def derive_order(order: MaintenanceOrder, facts: Any) -> None:
    """Reported today, unless somebody says otherwise; a broken machine stands from now on."""
    if order.reported_on is None:
        order.reported_on = facts.today
    if order.kind == "breakdown" and order.stopped_at is None:
        order.stopped_at = facts.uow.now


def check_order(order: MaintenanceOrder, facts: Any) -> None:
    """A machine runs again after it has stopped."""
    if order.stopped_at and order.back_at and order.back_at < order.stopped_at:
        sentence = _("A machine runs again after it has stopped, not before.")
        facts.error(order, "back_at", sentence)


class MaintenanceOrderResource(Resource):
    """Work on machines."""

    name, model = "production.maintenance", MaintenanceOrder
    label, one, icon, sort = _("Maintenance"), _("Maintenance order"), "tool", "-id"
    title = "number"
    columns = ["number", "kind", "equipment", "title", "due_on", "downtime", "state"]
    search = ["number", "title", "equipment.name"]
    filters = ["state", "kind", "equipment", "due_on", "responsible"]
    groups, totals = ["state", "kind", "equipment"], ["downtime"]
    form = Form(
        Section("kind", "equipment", "title", "reported_on", "due_on", "responsible"),
        Section("stopped_at", "back_at", title=_("Standstill")),
        Section("number", "plan", "started_on", "ended_on", "downtime", "finding", side=True),
    )
    fields = {
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "equipment": Field(label=_("Machine")),
        "title": Field(label=_("What is to be done")),
        "reported_on": Field(label=_("Reported on"), required=False),
        "due_on": Field(label=_("Due on")),
        "responsible": Field(label=_("Responsible")),
        "plan": Field(label=_("Maintenance plan")),
        "stopped_at": Field(label=_("Stands since")),
        "back_at": Field(
            label=_("Runs again"),
            help=_("Until then schedules leave it out; empty: until the end of the day."),
        ),
        "started_on": Field(label=_("Started on")),
        "ended_on": Field(label=_("Ended on")),
        "downtime": Number(label=_("Hours down"), least=0),
        "finding": Long(label=_("What was done")),
    }
    derived = ["number", "plan", "ended_on"]
    boards = [Kanban("state", card=["equipment", "title", "due_on"]), Calendar("due_on")]
    steps, derive, check = MAINTENANCE_STEPS, derive_order, check_order
    rights = Rights("production.maintenance")
