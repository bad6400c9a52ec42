"""How claims are shown and entered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dougong import Refused, _, pgettext
from dougong.companies.models import Company
from dougong.resources import (
    Choice,
    Field,
    Form,
    Kanban,
    Lines,
    Money,
    Number,
    Pivot,
    Resource,
    Rights,
    Section,
)
from dougong_base import CURRENCY_CHOICES, exchanged, rate_on
from dougong_hr.claims.models import CLAIM_STEPS, Claim, ClaimLine
from dougong_hr.employees.own import own_employee


def derive_claim(claim: Claim, facts: Any) -> None:
    """One's own, unless another is chosen; the total."""
    if claim.employee_id is None and facts.actor.user_id is not None:
        claim.employee_id = own_employee(facts)
    own = facts.uow.session.scalar(
        select(Company.currency).where(Company.id == facts.uow.company_id)
    )
    for line in claim.lines:
        _exchange(line, own or "EUR", facts)
    claim.add_up()


def _exchange(line: ClaimLine, own: str, facts: Any) -> None:
    """What the receipt was worth in the company's currency on its day."""
    if line.paid is None or line.on is None:
        line.rate = None
        return
    try:
        line.rate = rate_on(facts.uow.session, line.currency or own, line.on, own)
    except Refused as refusal:
        facts.error(line, "currency", refusal.sentence)
        return
    line.amount = exchanged(line.paid, line.rate, own)


def check_claim(claim: Claim, facts: Any) -> None:
    """Somebody has paid."""
    if claim.employee_id is None:
        facts.error(claim, "employee", _("Say who has paid."))
    for line in claim.lines:
        if line.amount is None:
            facts.error(line, "amount", _("Enter what was paid."))


class ClaimResource(Resource):
    """What employees have paid for the company."""

    name, model, label, one = "hr.claims", Claim, _("Expense claims"), _("Expense claim")
    manual = "people#expenses"
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
            "paid",
            "currency",
            "rate",
            "amount",
            title=pgettext("claim", "Receipts"),
            totals=["amount"],
        ),
        Section("number", "total", "set_off", "approved_on", "decided_by", "answer", side=True),
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
        "set_off": Money(label=_("Set off against advances")),
        "lines.paid": Money(
            label=pgettext("receipt", "Paid"), least=0, help=_("As the receipt says.")
        ),
        "lines.currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES, required=False),
        "lines.rate": Number(label=_("Rate of the day")),
        "lines.amount": Money(
            label=_("Amount"), required=False, help=_("In the company's currency.")
        ),
    }
    derived = ["number", "total", "set_off", "lines.rate", "approved_on", "decided_by", "answer"]
    boards = [
        Kanban("state", card=["employee", "purpose", "total"], sum="total"),
        Pivot("total", rows="employee", columns="claimed_on:month"),
    ]
    steps, derive, check, rights = CLAIM_STEPS, derive_claim, check_claim, Rights("hr.claim")
