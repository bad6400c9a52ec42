"""How additional deductions are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Choice, Field, Form, Money, Resource, Rights, Section
from dougong_hr.deductions.models import DEDUCTIONS, TaxDeduction


class TaxDeductionResource(Resource):
    """What employees deduct from income before tax."""

    name, model, label = "hr.deductions", TaxDeduction, _("Additional tax deductions")
    one, icon, title, sort = _("Additional deduction"), "home-dollar", "kind", "-from_on"
    columns = ["employee", "kind", "amount", "from_on", "until_on"]
    search, filters = ["employee.name"], ["employee", "kind", "from_on", "until_on"]
    groups = ["kind", "employee"]
    form = Form(Section("employee", "kind", "amount", "from_on", "until_on", "note"))
    fields = {
        "kind": Choice(label=_("Kind"), choices=DEDUCTIONS),
        "amount": Money(label=_("Amount a month"), least=0),
        "from_on": Field(label=_("From")),
        "until_on": Field(label=_("Until")),
        "note": Field(label=_("Note")),
    }
    rights = Rights("hr.deduction")
