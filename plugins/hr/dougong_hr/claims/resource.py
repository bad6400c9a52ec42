"""How claims are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import Field, Form, Kanban, Lines, Money, Pivot, Resource, Rights, Section
from dougong_hr.claims.models import CLAIM_STEPS, Claim
from dougong_hr.employees.own import own_employee


def derive_claim(claim: Claim, facts: Any) -> None:
    """One's own, unless another is chosen; the total."""
    if claim.employee_id is None and facts.actor.user_id is not None:
        claim.employee_id = own_employee(facts)
    claim.add_up()


def check_claim(claim: Claim, facts: Any) -> None:
    """Somebody has paid."""
    if claim.employee_id is None:
        facts.error(claim, "employee", _("Say who has paid."))


class ClaimResource(Resource):
    """What employees have paid for the company."""

    name, model, label, one = "hr.claims", Claim, _("Expense claims"), _("Expense claim")
    icon, title, sort = "receipt-refund", "number", "-id"
    columns = ["number", "employee", "purpose", "claimed_on", "total", "state"]
    search = ["number", "purpose", "employee.name"]
    filters = ["state", "employee", "claimed_on", "total", "lines.category"]
    groups, totals = ["state", "employee", "claimed_on:month"], ["total"]
    form = Form(
        Section("employee", "purpose", "claimed_on"),
        Lines(
            "lines",
            "on",
            "text",
            "category",
            "amount",
            title=pgettext("claim", "Receipts"),
            totals=["amount"],
        ),
        Section("number", "total", "approved_on", "decided_by", "answer", side=True),
    )
    fields = {
        "employee": Field(label=_("Employee"), required=False),
        "purpose": Field(label=_("What for")),
        "claimed_on": Field(label=_("Handed in on")),
        "approved_on": Field(label=_("Approved on")),
        "decided_by": Field(label=_("Decided by")),
        "answer": Field(label=_("Answer")),
        "lines.on": Field(label=_("Day")),
        "lines.text": Field(label=_("What was paid")),
        "lines.category": Field(label=pgettext("claim", "Category")),
        "lines.amount": Money(label=_("Amount")),
    }
    derived = ["number", "total", "approved_on", "decided_by", "answer"]
    boards = [
        Kanban("state", card=["employee", "purpose", "total"], sum="total"),
        Pivot("total", rows="employee", columns="claimed_on:month"),
    ]
    steps, derive, check, rights = CLAIM_STEPS, derive_claim, check_claim, Rights("hr.claim")
