"""How work orders are shown."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Gantt, Kanban, Lines, Number, Resource, Rights, Section
from dougong_production.work_orders.models import WORK_STEPS, WorkOrder


class WorkOrderResource(Resource):
    """The operations of production orders, and the time spent on them."""

    name, model, label, one = "production.work", WorkOrder, _("Work orders"), _("Work order")
    icon, title, sort = "checklist", "name", "-id"
    columns = [
        "order", "order.product", "sequence", "name", "work_centre", "quantity", "done", "state",
    ]  # fmt: skip
    search = ["name", "order.number", "order.product.code"]
    filters = ["state", "work_centre", "order", "planned_start"]
    groups = ["state", "work_centre"]
    form = Form(
        Section("order", "sequence", "name", "work_centre"),
        Section("quantity", "done", "scrapped", title=_("Quantities")),
        Section("planned_minutes", "minutes", "planned_start", "planned_end", title=_("Time")),
        Lines("logs", "worker", "started_at", "ended_at", "minutes", title=_("Time logs")),
        Section(
            "planned_cost", "labour_cost", "overhead_cost", title=_("Cost"), side=True,
        ),
    )  # fmt: skip
    fields = {
        "order": Field(label=_("Production order")),
        "sequence": Number(label=_("Sequence")),
        "name": Field(label=_("Work")),
        "done": Field(label=_("Done")),
        "scrapped": Field(label=_("Scrapped")),
        "planned_minutes": Field(label=_("Planned (min)")),
        "minutes": Field(label=_("Spent (min)")),
        "planned_start": Field(label=_("Planned start")),
        "planned_end": Field(label=_("Planned end")),
        "planned_cost": Field(label=_("Planned")),
        "labour_cost": Field(label=_("People")),
        "overhead_cost": Field(label=_("Machine and place")),
        "logs.worker": Field(label=_("Who")),
        "logs.started_at": Field(label=_("From")),
        "logs.ended_at": Field(label=_("Until")),
        "logs.minutes": Field(label=_("Minutes")),
    }
    boards = [
        Kanban("state", card=["order", "name", "work_centre", "quantity"]),
        Gantt("planned_start", "planned_end", by="work_centre"),
    ]
    steps, rights = WORK_STEPS, Rights("production.work", only_read=True)
