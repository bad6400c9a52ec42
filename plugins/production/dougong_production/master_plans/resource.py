"""How master plans are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Field, Form, Lines, Long, Number, Resource, Rights, Section
from dougong_base import Product
from dougong_production.master_plans.models import MASTER_PLAN_STEPS, MasterPlan


def check_master_plan(plan: MasterPlan, facts: Any) -> None:
    """Goods, from today on, each product and day once."""
    seen = set()
    for line in plan.lines:
        product = facts.get(Product, line.product_id)
        if product is not None and product.kind != "goods":
            facts.error(line, "product", _("Only goods are planned."))
        if line.on is not None and line.on < facts.today:
            facts.error(line, "on", _("This day is past. Choose a day from today on."))
        if (line.product_id, line.on) in seen:
            facts.error(line, "product", _("This product and day stand in the plan already."))
        seen.add((line.product_id, line.on))


class MasterPlanResource(Resource):
    """What is to be there for customers, period by period."""

    name, model = "production.master_plans", MasterPlan
    label, one, icon = _("Master plans"), _("Master plan"), "calendar-stats"
    identity, title, sort = "name", "name", "-id"
    columns, search, filters = ["name", "state", "note"], ["name"], ["state", "lines.product"]
    form = Form(
        Section("name"),
        Lines("lines", "product", "on", "quantity", title=_("Lines"), totals=["quantity"]),
        Section("note", side=True),
    )
    fields = {
        "name": Field(label=_("Name")),
        "note": Long(label=_("Note")),
        "lines.on": Field(label=_("Period beginning on")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
    }
    steps, check, rights = MASTER_PLAN_STEPS, check_master_plan, Rights("production.master_plan")
