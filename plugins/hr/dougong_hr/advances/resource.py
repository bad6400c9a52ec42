"""How advances are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Choice, Field, Form, Money, Number, Resource, Rights, Section
from dougong_hr.advances.models import ADVANCE_STEPS, FROM, Advance


class AdvanceResource(Resource):
    """Money given to employees in advance."""

    name, model, label, one = "hr.advances", Advance, _("Advances"), _("Advance")
    icon, title, sort = "cash", "number", "-id"
    columns = [
        "number", "employee", "purpose", "amount", "settled", "keep_from", "paid_on", "state",
    ]  # fmt: skip
    search, filters = ["number", "purpose", "employee.name"], ["state", "employee", "paid_on"]
    groups, totals = ["state", "employee"], ["amount"]
    form = Form(
        Section("employee", "purpose", "amount", "paid_by"),
        Section("keep_from", "instalments", title=_("Set against wages")),
        Section("number", "settled", "paid_on", side=True),
    )
    fields = {
        "purpose": Field(label=_("What for")),
        "amount": Money(label=_("Amount"), least=0),
        "paid_by": Choice(label=_("Paid by"), choices=FROM),
        "settled": Money(label=_("Settled so far")),
        "paid_on": Field(label=_("Paid on")),
        "keep_from": Field(
            label=_("From the payroll of"),
            help=_("Empty: when the days that the settings leave for claims are over."),
        ),
        "instalments": Number(
            label=_("In how many months"),
            least=0,
            most=60,
            help=_("0: only claims are set against it."),
        ),
    }
    derived = ["number", "settled", "paid_on"]
    steps, rights = ADVANCE_STEPS, Rights("hr.advance")
