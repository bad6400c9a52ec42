"""How contracts are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import (
    Choice,
    Field,
    Form,
    Lines,
    Long,
    Money,
    Number,
    Resource,
    Rights,
    Section,
)
from dougong_hr.contracts.models import Contract
from dougong_hr.contracts.workflow import CONTRACT_STEPS, KINDS


def derive_contract(contract: Contract, facts: Any) -> None:
    """The first terms hold from the first day, unless another was typed."""
    for term in contract.terms[:1]:
        if facts.fresh(term, "from_on", on=""):
            term.from_on = contract.starts_on


def check_contract(contract: Contract, facts: Any) -> None:
    """A fixed term has an end; terms lie within the contract."""
    if contract.kind == "fixed" and contract.ends_on is None:
        facts.error(contract, "ends_on", _("A contract for a fixed term needs its last day."))
    if contract.ends_on is not None and contract.ends_on < contract.starts_on:
        facts.error(contract, "ends_on", _("A contract does not end before it begins."))
    seen = set()
    for term in contract.terms:
        if term.from_on in seen:
            facts.error(term, "from_on", _("Terms from this day are there already."))
        seen.add(term.from_on)


class ContractResource(Resource):
    """What was agreed with employees."""

    name, model, label, one = "hr.contracts", Contract, _("Contracts"), _("Contract")
    manual = "people#contracts"
    icon, title, sort = "file-certificate", "number", "-starts_on"
    columns = [
        "number", "employee", "kind", "starts_on", "ends_on", "probation_until", "state",
    ]  # fmt: skip
    search = ["number", "employee.name", "employee.number"]
    filters = ["state", "kind", "employee", "starts_on", "ends_on", "probation_until"]
    groups = ["kind", "state"]
    form = Form(
        Section("employee", "kind", "starts_on", "ends_on", "probation_until"),
        Lines(
            "terms", "from_on", "wage", "hours_week", "calendar", "structure", "insurance",
            "social_base", "housing_base", title=pgettext("contract", "Terms"),
        ),
        Section("number", side=True),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "starts_on": Field(label=_("First day")),
        "ends_on": Field(label=_("Last day")),
        "probation_until": Field(label=_("On probation until")),
        "note": Long(label=_("Note")),
        "terms.from_on": Field(label=_("From"), required=False),
        "terms.wage": Money(label=_("Monthly wage"), least=0),
        "terms.hours_week": Number(label=_("Hours a week"), least=0, most=168),
        "terms.calendar": Field(label=_("Calendar")),
        "terms.structure": Field(label=_("Pay structure")),
        "terms.insurance": Field(label=_("Social insurance in")),
        "terms.social_base": Money(
            label=_("Base of social insurance"),
            least=0,
            help=_("The wage where nothing is said; the limits of the place apply."),
        ),
        "terms.housing_base": Money(label=_("Base of housing fund"), least=0),
    }
    derived = ["number"]
    steps, derive, check = CONTRACT_STEPS, derive_contract, check_contract
    rights = Rights("hr.contract")
