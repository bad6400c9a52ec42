"""How advances are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Choice, Field, Form, Money, Resource, Rights, Section
from dougong_hr.advances.models import ADVANCE_STEPS, FROM, Advance


class AdvanceResource(Resource):
    """Money given to employees in advance."""

    name, model, label, one = "hr.advances", Advance, _("Advances"), _("Advance")
    icon, title, sort = "cash", "number", "-id"
    columns = ["number", "employee", "purpose", "amount", "settled", "paid_on", "state"]
    search, filters = ["number", "purpose", "employee.name"], ["state", "employee", "paid_on"]
    groups, totals = ["state", "employee"], ["amount"]
    form = Form(
        Section("employee", "purpose", "amount", "paid_by"),
        Section("number", "settled", "paid_on", side=True),
    )
    fields = {
        "purpose": Field(label=_("What for")),
        "amount": Money(label=_("Amount"), least=0),
        "paid_by": Choice(label=_("Paid by"), choices=FROM),
        "settled": Money(label=_("Settled so far")),
        "paid_on": Field(label=_("Paid on")),
    }
    derived = ["number", "settled", "paid_on"]
    steps, rights = ADVANCE_STEPS, Rights("hr.advance")
