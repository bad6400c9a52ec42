"""How quality plans are shown and entered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dougong import _, pgettext
from dougong.resources import (
    Choice,
    Field,
    Form,
    Lines,
    Long,
    Number,
    Resource,
    Rights,
    Section,
    Tab,
)  # fmt: skip
from dougong_production.charts.rules import SET_NAMES
from dougong_production.charts.views import chart_page
from dougong_production.quality.aql import AQLS, LEVELS
from dougong_production.quality_plans.models import (
    KINDS,
    SAMPLINGS,
    STAGES,
    Characteristic,
    QualityPlan,
)


def check_plan(plan: QualityPlan, facts: Any) -> None:
    """The limits are in order, and the sampling knows what it needs."""
    for line in plan.characteristics:
        if line.kind != "numeric":
            continue
        if line.lower is not None and line.upper is not None and line.lower >= line.upper:
            facts.error(line, "lower", _("The lower limit lies below the upper limit."))
    if plan.sampling == "aql" and not plan.aql:
        facts.error(plan, "aql", _("Choose an AQL."))
    if plan.sampling == "aql" and not plan.level:
        facts.error(plan, "level", _("Choose an inspection level; II is the usual one."))
    if plan.sampling == "percent" and not plan.percent:
        facts.error(plan, "percent", _("Say which part of the lot is inspected."))
    if plan.sampling == "percent" and plan.percent and plan.percent > 100:
        facts.error(plan, "percent", _("No more than 100 % of a lot can be inspected."))
    if plan.sampling == "number" and not plan.number:
        facts.error(plan, "number", _("Say how many pieces are inspected."))


class QualityPlanResource(Resource):
    """What is inspected when, and how many pieces of it."""

    name, model = "production.quality_plans", QualityPlan
    manual = "quality#what-is-inspected"
    label, one, icon, sort = _("Quality plans"), _("Quality plan"), "checklist", "code"
    identity, title = "code", "name"
    columns = ["code", "name", "stage", "product", "category", "supplier", "sampling", "active"]
    search, filters = ["code", "name"], ["stage", "product", "category", "supplier", "active"]
    groups = ["stage", "product", "supplier"]
    form = Form(
        Section("code", "name", "stage", "product", "category", "supplier", "operation"),
        Lines(
            "characteristics", "name", "kind", "lower", "target", "upper", "unit", "method",
            title=_("Characteristics"),
        ),
        Section(
            "sampling", "percent", "number", "aql", "level", "accept", "may_reduce", "holds", "days",
            title=_("Sampling"), side=True,
        ),
        Section("chart_rules", "run", title=_("Control charts"), side=True),
        Section("instructions", "active", title=_("More"), side=True),
    )  # fmt: skip
    fields = {
        "code": Field(label=_("Code")),
        "name": Field(label=_("Name")),
        "stage": Choice(label=pgettext("quality", "When"), choices=STAGES),
        "product": Field(label=_("Product"), help=_("Empty: for every product.")),
        "category": Field(label=_("Category")),
        "supplier": Field(label=_("Supplier")),
        "operation": Field(label=_("Operation"), help=_("The work after which pieces are taken.")),
        "sampling": Choice(label=_("How many"), choices=SAMPLINGS),
        "percent": Number(label=_("Part of the lot in %"), least=0),
        "number": Number(label=_("Pieces"), least=0),
        "aql": Choice(label=_("AQL"), choices={one: one for one in AQLS}, required=False),
        "level": Choice(
            label=_("Inspection level"), choices={one: one for one in LEVELS}, required=False
        ),
        "accept": Number(label=_("Bad pieces accepted"), least=0),
        "holds": Field(label=_("Goods and the next operation wait until the lot has passed")),
        "days": Number(
            label=_("Days an inspection takes"),
            least=0,
            most=365,
            help=_("Held goods are expected to be free after so many days."),
        ),
        "may_reduce": Field(label=_("Reduced inspection allowed")),
        "chart_rules": Choice(label=pgettext("quality", "Rules"), choices=SET_NAMES),
        "run": Number(
            label=_("Points of a run"),
            least=7,
            most=9,
            help=_("Empty: nine by Nelson, eight by Western Electric."),
        ),
        "instructions": Long(label=_("Instructions")),
        "active": Field(label=_("Active")),
        "characteristics.name": Field(label=_("Characteristic")),
        "characteristics.kind": Choice(label=_("Kind"), choices=KINDS),
        "characteristics.lower": Number(label=_("Lower limit")),
        "characteristics.target": Number(label=_("Target")),
        "characteristics.upper": Number(label=_("Upper limit")),
        "characteristics.unit": Field(label=_("Unit")),
        "characteristics.method": Field(label=_("Method")),
    }
    tabs = [Tab("charts", _("Control charts"), chart_page, needs="production.inspection.read")]
    check, rights = check_plan, Rights("production.quality_plan")


def of_own_plans(model: type[Characteristic]) -> Any:
    """What plans that may be seen look at."""
    return model.plan_id.in_(select(QualityPlan.id))


class CharacteristicResource(Resource):
    """What pieces are looked at for; entered with its plan."""

    name, model = "production.characteristics", Characteristic
    label, one, icon, sort = _("Characteristics"), _("Characteristic"), "ruler-measure", "name"
    title, rule = "name", of_own_plans
    columns, search = ["name", "plan", "kind", "lower", "target", "upper", "unit"], ["name"]
    filters = ["plan", "kind"]
    form = Form(Section("name", "plan", "kind", "lower", "target", "upper", "unit", "method"))
    fields = {
        "name": Field(label=_("Characteristic")),
        "plan": Field(label=_("Quality plan")),
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "lower": Number(label=_("Lower limit")),
        "target": Number(label=_("Target")),
        "upper": Number(label=_("Upper limit")),
        "unit": Field(label=_("Unit")),
        "method": Field(label=_("Method")),
    }
    rights = Rights("production.characteristic", only_read=True)
