"""How reorder rules are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Number, Resource, Rights, Section
from dougong_inventory.replenishment.models import RULE_STEPS, ReorderRule


class ReorderRuleResource(Resource):
    """How little of a product may be left before it is bought again."""

    name, model = "inventory.reorder_rules", ReorderRule
    label, one, icon, sort = _("Reorder rules"), _("Reorder rule"), "refresh-alert", "-id"
    columns = [
        "product.code", "product", "warehouse", "minimum", "maximum", "suggested_minimum",
        "suggested_maximum", "multiple", "suggestion", "active",
    ]  # fmt: skip
    search, filters = (
        ["product.code", "product.name"],
        ["product", "warehouse", "suggestion", "active"],
    )
    form = Form(
        Section("product", "warehouse", "minimum", "maximum", "multiple"),
        Section("active", "suggested_minimum", "suggested_maximum", side=True),
    )
    fields = {
        "minimum": Number(label=_("Minimum"), least=0),
        "maximum": Number(label=_("Maximum"), least=0),
        "multiple": Number(label=_("Multiple"), least=0),
        "active": Field(label=_("Active")),
        "suggestion": Field(label=_("Suggestion")),
        "suggested_minimum": Number(label=_("Suggested minimum")),
        "suggested_maximum": Number(label=_("Suggested maximum")),
    }
    derived = ["suggested_minimum", "suggested_maximum"]
    steps = RULE_STEPS
    rights = Rights("inventory.reorder_rule")
