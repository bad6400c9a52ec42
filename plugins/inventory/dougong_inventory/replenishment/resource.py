"""How reorder rules are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Choice, Field, Form, Number, Resource, Rights, Section
from dougong_inventory.replenishment.models import BASES, POLICIES, RULE_STEPS, ReorderRule


class ReorderRuleResource(Resource):
    """How little of a product may be left before it is bought again."""

    name, model = "inventory.reorder_rules", ReorderRule
    manual = "stock#counting-scrapping-reordering"
    label, one, icon, sort = _("Reorder rules"), _("Reorder rule"), "refresh-alert", "-id"
    columns = [
        "product.code", "product", "warehouse", "minimum", "maximum", "suggested_minimum",
        "suggested_maximum", "multiple", "suggestion", "active",
    ]  # fmt: skip
    search, filters = (
        ["product.code", "product.name"],
        ["product", "warehouse", "policy", "suggestion", "active"],
    )
    form = Form(
        Section("product", "warehouse", "minimum", "maximum", "multiple", "policy"),
        Section("active", "suggested_minimum", "suggested_maximum", "suggested_from", side=True),
    )
    fields = {
        "minimum": Number(label=_("Minimum"), least=0),
        "maximum": Number(label=_("Maximum"), least=0),
        "multiple": Number(label=_("Multiple"), least=0),
        "policy": Choice(
            label=_("Policy"),
            choices=POLICIES,
            help=_("How minimum and maximum are suggested."),
        ),
        "active": Field(label=_("Active")),
        "suggestion": Field(label=_("Suggestion")),
        "suggested_minimum": Number(label=_("Suggested minimum")),
        "suggested_maximum": Number(label=_("Suggested maximum")),
        "suggested_from": Choice(label=_("Suggested from"), choices=BASES),
    }
    derived = ["suggested_minimum", "suggested_maximum", "suggested_from"]
    steps = RULE_STEPS
    rights = Rights("inventory.reorder_rule")
