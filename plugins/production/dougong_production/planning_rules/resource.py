"""How planning rules are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Form, Number, Resource, Rights, Section
from dougong_base import Product
from dougong_production.planning_rules.models import LOT_POLICIES, METHODS, PlanningRule


def check_rule(rule: PlanningRule, facts: Any) -> None:
    """Only goods are planned."""
    product = facts.get(Product, rule.product_id)
    if product is not None and product.kind != "goods":
        facts.error(rule, "product", _("Only goods are planned."))


class PlanningRuleResource(Resource):
    """Whether products are made or bought, how long that takes, and in which lots."""

    name, model = "production.planning_rules", PlanningRule
    label, one, icon, sort = _("Planning rules"), _("Planning rule"), "adjustments", "-id"
    columns = [
        "product.code", "product", "method", "lead_days", "safety_stock", "policy", "minimum",
        "multiple", "planner",
    ]  # fmt: skip
    search = ["product.code", "product.name"]
    filters, groups = ["product", "method", "policy", "planner"], ["method", "policy", "planner"]
    form = Form(
        Section("product", "method", "lead_days", "safety_stock"),
        Section(
            "policy", "lot_size", "setup_cost", "holding_cost", "minimum", "multiple",
            title=_("Lots"),
        ),
        Section("planner", "horizon_days", title=_("Planning"), side=True),
    )  # fmt: skip
    fields = {
        "method": Choice(label=_("Make or buy"), choices=METHODS),
        "lead_days": Number(
            label=_("Lead time in days"), least=0, help=_("Empty takes what the product says.")
        ),
        "safety_stock": Number(label=_("Safety stock"), least=0),
        "policy": Choice(label=_("Lot policy"), choices=LOT_POLICIES),
        "lot_size": Number(
            label=_("Lot size or periods"),
            least=0,
            help=_("Of a fixed lot its size; of several periods at once, how many."),
        ),
        "setup_cost": Number(label=_("Cost of a set-up or order"), least=0),
        "holding_cost": Number(label=_("Cost of keeping one for a period"), least=0),
        "minimum": Number(label=_("Minimum lot"), least=0),
        "multiple": Number(label=_("Multiple"), least=0),
        "planner": Field(label=_("Planner")),
        "horizon_days": Number(
            label=_("Horizon in days"),
            least=1,
            help=_("Later needs are left to a later run; empty means as far as the run looks."),
        ),
    }
    check, rights = check_rule, Rights("production.planning_rule")
