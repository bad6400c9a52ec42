"""How inspections are shown, and their results entered or imported."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_CEILING
from typing import Any

from dougong import Refused, _, pgettext
from dougong.resources import (
    Calendar,
    Choice,
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
)  # fmt: skip
from dougong_production.held.pages import waiting_page
from dougong_production.inspections.models import (
    SEVERITIES,
    Inspection,
    Result,
    SamplingState,
    read_values,
)
from dougong_production.inspections.sampling import read_states
from dougong_production.inspections.workflow import INSPECTION_STEPS, SAMPLING_STEPS
from dougong_production.quality_plans.models import (
    STAGES,
    Characteristic,
    QualityPlan,
)
from dougong_production.quality_plans.queries import characteristics_of


def derive_inspection(inspection: Inspection, facts: Any) -> None:
    """The size of the lot, and the sample as the plan says, as strictly as the supplier deserves."""
    plan = facts.get(QualityPlan, inspection.plan_id)
    if plan is None or not inspection.quantity or inspection.quantity <= 0:
        return
    inspection.stage = plan.stage
    if inspection.came_on is None:
        inspection.came_on = facts.today
    if inspection.due_on is None:
        inspection.due_on = inspection.came_on + dt.timedelta(days=plan.days)
    if not inspection.results and facts.changed(inspection, "plan"):
        inspection.results = [
            Result(characteristic_id=id, position=n)
            for n, id in enumerate(characteristics_of(facts.uow.session, plan.id))
        ]
    if facts.changed(inspection, "quantity", "plan", "product", "supplier"):
        inspection.lot_size = int(inspection.quantity.to_integral_value(ROUND_CEILING))
        states = read_states(facts.uow, [plan.id])
        state = states.get((plan.id, inspection.product_id, inspection.supplier_id))
        inspection.draw(plan, state.mode if state else "normal")


def check_inspection(inspection: Inspection, facts: Any) -> None:
    """What was typed are numbers, and no more pieces than there are."""
    if not inspection.quantity or inspection.quantity <= 0:
        facts.error(inspection, "quantity", _("A lot has at least one piece; enter its size."))
    if inspection.source_id and facts.changed(
        inspection, "plan", "product", "supplier", "lot", "quantity"
    ):
        sentence = _("The lot is as it came with %(document)s.", document=inspection.reference)
        facts.error(inspection, "quantity", sentence)
    for line in inspection.results:
        characteristic = facts.get(Characteristic, line.characteristic_id)
        if characteristic is None:
            continue
        if characteristic.plan_id != inspection.plan_id:
            facts.error(line, "characteristic", _("The plan does not look at this."))
        _check_values(inspection, line, characteristic, facts)


def _check_values(inspection: Inspection, line: Result, of: Characteristic, facts: Any) -> None:
    try:
        values = read_values(line.values, of)
    except Refused as refusal:
        facts.error(line, "values", refusal.sentence)
        return
    most = inspection.sample_size
    if most and len(values) > most:
        sentence = _("%(has)s values for a sample of %(most)s pieces.", has=len(values), most=most)
        facts.error(line, "values", sentence)


class InspectionResource(Resource):
    """Lots that are looked at, and what was found."""

    name, model = "production.inspections", Inspection
    manual = "quality#inspecting"
    label, one, icon, sort = _("Inspections"), _("Inspection"), "zoom-check", "-id"
    identity, title = "number", "number"
    columns = [
        "number", "due_on", "stage", "product", "supplier", "quantity", "sample_size", "bad", "state",
    ]  # fmt: skip
    search = ["number", "reference", "lot", "product.code", "product.name"]
    filters = ["state", "stage", "product", "supplier", "plan", "due_on", "decided_on", "severity"]
    groups = ["state", "stage", "product", "supplier"]
    form = Form(
        Section("plan", "product", "supplier", "lot", "quantity", "came_on", "due_on"),
        Lines("results", "characteristic", "values", "nonconforming", title=_("Results")),
        Section("sample_size", "accept", "reject", "severity", "bad", title=_("Sample"), side=True),
        Section(
            "number", "accepted", "apart", "stage", "reference", "decided_on", "decided_by",
            "released_by", "reason",
            title=_("Decision"), side=True,
        ),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "plan": Field(label=_("Quality plan")),
        "product": Field(label=_("Product")),
        "supplier": Field(label=_("Supplier")),
        "lot": Field(label=_("Lot")),
        "quantity": Number(label=_("Quantity"), least=0),
        "came_on": Field(label=_("Came on")),
        "due_on": Field(label=_("Due on")),
        "stage": Choice(label=pgettext("quality", "When"), choices=STAGES),
        "sample_size": Number(label=_("Pieces to inspect")),
        "accept": Number(label=_("Accepted up to")),
        "reject": Number(label=_("Refused from")),
        "severity": Choice(label=_("Severity"), choices=SEVERITIES),
        "bad": Number(label=_("Bad pieces")),
        "accepted": Number(label=_("Good quantity")),
        "apart": Field(label=_("Kept apart")),
        "reference": Field(label=pgettext("quality", "Belongs to")),
        "decided_on": Field(label=pgettext("quality", "Decided on")),
        "decided_by": Field(label=pgettext("quality", "Decided by")),
        "released_by": Field(label=_("Released by")),
        "reason": Field(label=_("Reason")),
        "note": Long(label=_("Note")),
        "results.characteristic": Field(label=_("Characteristic")),
        "results.values": Field(
            label=_("Values"), help=_("Many at once, with blanks between them: 10.1 9.9 10.0")
        ),
        "results.nonconforming": Number(label=_("Bad pieces"), least=0),
    }
    derived = [
        "number", "stage", "sample_size", "accept", "reject", "severity", "bad", "accepted",
        "apart", "reference", "decided_on", "decided_by", "released_by", "reason",
    ]  # fmt: skip
    boards = [Kanban("state", card=["product", "supplier", "quantity"]), Calendar("due_on")]
    tabs = [
        Tab("waiting", _("Customers waiting"), waiting_page, needs="production.inspection.read")
    ]
    steps, derive, check = INSPECTION_STEPS, derive_inspection, check_inspection
    rights = Rights("production.inspection")


class SamplingStateResource(Resource):
    """How strictly the lots of each supplier are inspected."""

    name, model = "production.sampling_states", SamplingState
    label, one, icon, sort = _("Sampling states"), _("Sampling state"), "switch-3", "-id"
    columns = ["plan", "product", "supplier", "mode", "recent", "score"]
    filters = ["mode", "plan", "product", "supplier"]
    groups = ["mode", "supplier"]
    form = Form(
        Section("plan", "product", "supplier"),
        Section("mode", "recent", "refused", "score", side=True),
    )
    fields = {
        "plan": Field(label=_("Quality plan")),
        "product": Field(label=_("Product")),
        "supplier": Field(label=_("Supplier")),
        "mode": Choice(label=_("Severity"), choices=SEVERITIES),
        "recent": Field(label=_("Last lots")),
        "refused": Field(label=_("Refused since tightened")),
        "score": Field(label=_("Switching score")),
    }
    steps, rights = SAMPLING_STEPS, Rights("production.sampling_state", only_read=True)
