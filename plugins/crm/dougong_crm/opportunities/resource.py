"""How the pipeline is shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import ZERO, _, rounded
from dougong.companies.models import Company
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Kanban,
    Long,
    Money,
    Number,
    Pivot,
    Resource,
    Rights,
    Section,
)
from dougong_base import CURRENCY_CHOICES, Party
from dougong_crm.opportunities.models import Opportunity, Stage
from dougong_crm.opportunities.workflow import OPPORTUNITY_STEPS


def derive_opportunity(opportunity: Opportunity, facts: Any) -> None:
    """Currency from the customer, probability from the stage, the expected revenue from both."""
    customer = facts.get(Party, opportunity.customer_id)
    if facts.fresh(opportunity, "currency", on="customer"):
        company = facts.get(Company, opportunity.company_id or facts.actor.company_id)
        opportunity.currency = (customer and customer.currency) or company.currency
    stage = facts.get(Stage, opportunity.stage_id)
    if stage is not None and facts.fresh(opportunity, "probability", on="stage"):
        opportunity.probability = stage.probability
    value = (opportunity.value or ZERO) * (opportunity.probability or 0) / 100
    opportunity.expected = rounded(value, opportunity.currency)


def start_opportunity(actor: Any) -> Mapping[str, Any]:
    """Whoever enters it looks after it."""
    return {"salesperson": actor.user_id}


class StageResource(Resource):
    """The stations of the pipeline."""

    name, model, label, one = "crm.stages", Stage, _("Stages"), _("Stage")
    icon, identity, title, sort = "timeline", "name", "name", "position"
    columns, search = ["name", "position", "probability", "active"], ["name"]
    form = Form(Section("name", "position", "probability", "active"))
    fields = {"probability": Number(label=_("Probability %"), least=0, most=100)}
    rights = Rights("crm.stage")


class OpportunityResource(Resource):
    """What may become an order."""

    name, model, label = "crm.opportunities", Opportunity, _("Opportunities")
    manual = "sales#from-lead-to-quote"
    empty = _("What may become an order, with its worth and how likely it is.")
    one, icon, title, sort = _("Opportunity"), "target-arrow", "name", "-value"
    columns = [
        "name", "customer", "stage", "state", "value", "probability", "expected", "expected_on",
        "next_activity_on", "salesperson",
    ]  # fmt: skip
    search = ["name", "customer.name", "next_activity"]
    filters = [
        "state", "stage", "customer", "salesperson", "value", "expected_on", "next_activity_on",
        "lost_reason",
    ]  # fmt: skip
    groups = ["stage", "state", "salesperson", "expected_on:month", "lost_reason"]
    totals = ["value", "expected"]
    form = Form(
        Section("name", "customer", "stage", "value", "currency", "probability", "expected_on"),
        Section("next_activity", "next_activity_on", title=_("What is next")),
        Section("salesperson", "expected", "lead", title=_("More"), side=True),
        Section("lost_reason", "closed_on", title=_("Outcome"), side=True),
        Section("note", side=True),
    )
    fields = {
        "customer": Field(label=_("Customer"), begin={"is_customer": True}),
        "currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES, required=False),
        "value": Money(label=_("Expected revenue"), least=0),
        "probability": Number(label=_("Probability %"), least=0, most=100),
        "expected": Money(label=_("Weighted")),
        "expected_on": Field(label=_("Expected on")),
        "next_activity": Field(label=_("Next activity")),
        "next_activity_on": Field(label=_("Planned for")),
        "lost_reason": Field(label=_("Reason")),
        "note": Long(label=_("Note")),
    }
    derived = ["expected", "lost_reason", "closed_on", "lead"]
    boards = [
        Kanban(
            "stage", card=["name", "customer", "value", "next_activity_on"], sum="value",
            sort="-value", due="next_activity_on",
            due_while="state.in=open",
        ),
        Calendar("next_activity_on"),
        Pivot("expected", rows="salesperson", columns="expected_on:month"),
    ]  # fmt: skip
    steps, derive, start = OPPORTUNITY_STEPS, derive_opportunity, start_opportunity
    rights = Rights("crm.opportunity")
