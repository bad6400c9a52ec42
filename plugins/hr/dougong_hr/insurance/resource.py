"""How the rates of a place are shown and entered."""

from __future__ import annotations

from dougong import _
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
from dougong_hr.insurance.models import BRANCHES, InsurancePlan


class InsurancePlanResource(Resource):
    """Social insurance and housing fund, place by place."""

    name, model = "hr.insurance-plans", InsurancePlan
    label, one = _("Social insurance by place"), _("Rates of a place")
    icon, identity, title, sort = "shield-half", "code", "name", "code"
    columns, search, filters = ["code", "name", "active"], ["code", "name"], ["active"]
    form = Form(
        Section("code", "name", "active"),
        Lines(
            "rates", "branch", "from_on", "employee", "employer", "low", "high", "fixed",
            title=_("Rates"),
        ),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "note": Long(label=_("Note")),
        "rates.branch": Choice(label=_("Branch"), choices=BRANCHES),
        "rates.from_on": Field(label=_("From")),
        "rates.employee": Number(label=_("Employee %"), least=0, most=100),
        "rates.employer": Number(label=_("Employer %"), least=0, most=100),
        "rates.low": Money(label=_("Base at least"), least=0),
        "rates.high": Money(label=_("Base at most"), least=0),
        "rates.fixed": Money(label=_("Fixed amount"), least=0),
    }
    rights = Rights("hr.insurance")
