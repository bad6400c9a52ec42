"""How benefit plans and enrolments are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import (
    Choice,
    Field,
    Flag,
    Form,
    Lines,
    Long,
    Money,
    Number,
    Resource,
    Rights,
    Section,
)
from dougong_hr.benefits.models import BENEFITS, BenefitEnrolment, BenefitPlan


def check_enrolment(enrolment: BenefitEnrolment, facts: Any) -> None:
    """Days in order, and a plan that is still offered."""
    if enrolment.until_on is not None and enrolment.until_on < enrolment.from_on:
        facts.error(enrolment, "until_on", _("A benefit does not end before it begins."))
    plan = facts.get(BenefitPlan, enrolment.plan_id)
    if plan is not None and not plan.active and facts.changed(enrolment, "plan"):
        facts.error(enrolment, "plan", _("%(plan)s is no longer offered.", plan=plan))


class BenefitPlanResource(Resource):
    """What the company offers beside the wage."""

    name, model, label, one = "hr.benefit-plans", BenefitPlan, _("Benefit plans"), _("Benefit plan")
    icon, identity, title, sort = "gift", "code", "name", "code"
    columns = ["code", "name", "kind", "before_tax", "taxable", "active"]
    search, filters = ["code", "name"], ["kind", "active"]
    form = Form(
        Section("code", "name", "kind", "before_tax", "taxable", "active"),
        Lines(
            "rates", "from_on", "employee", "employee_percent", "employer", "employer_percent",
            title=_("Monthly shares"),
        ),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "kind": Choice(label=_("Kind"), choices=BENEFITS),
        "before_tax": Flag(label=_("The employee's share is taken before tax")),
        "taxable": Flag(label=_("The employer's share is taxed as income")),
        "note": Long(label=_("Note")),
        "rates.from_on": Field(label=_("From")),
        "rates.employee": Money(label=_("Employee's share"), least=0),
        "rates.employee_percent": Number(label=_("Employee, % of wage"), least=0, most=100),
        "rates.employer": Money(label=_("Employer's share"), least=0),
        "rates.employer_percent": Number(label=_("Employer, % of wage"), least=0, most=100),
    }
    rights = Rights("hr.benefitplan")


class BenefitEnrolmentResource(Resource):
    """Who takes part in which plan."""

    name, model, label, one = "hr.benefits", BenefitEnrolment, _("Benefits"), _("Benefit")
    icon, title, sort = "heart-handshake", "from_on", "-from_on"
    columns = ["employee", "plan", "from_on", "until_on", "employee_share", "employer_share"]
    search, filters = ["employee.name", "plan.name"], ["plan", "employee", "from_on", "until_on"]
    groups = ["plan", "employee"]
    form = Form(
        Section("employee", "plan", "from_on", "until_on"),
        Section("employee_share", "employer_share", title=_("Other than the plan says")),
        Section("note", side=True),
    )
    fields = {
        "plan": Field(label=_("Benefit plan")),
        "from_on": Field(label=_("From")),
        "until_on": Field(label=_("Until")),
        "employee_share": Money(label=_("Employee's share"), least=0),
        "employer_share": Money(label=_("Employer's share"), least=0),
        "note": Field(label=_("Note")),
    }
    check, rights = check_enrolment, Rights("hr.benefit")
