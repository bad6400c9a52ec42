"""How changes of orders are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Lines, Number, Resource, Rights, Section
from dougong_crm.changes.models import Change
from dougong_crm.changes.workflow import CHANGE_STEPS


class ChangeResource(Resource):
    """What customers want otherwise after the order was confirmed."""

    name, model, label, one = "crm.changes", Change, _("Order changes"), _("Order change")
    icon, sort = "edit", "-id"
    columns = ["id", "order", "order.customer", "state", "promised_on", "reason", "applied_on"]
    search, filters = ["order.number", "reason"], ["state", "order", "applied_on"]
    form = Form(
        Section("order", "promised_on", "reason"),
        Lines("lines", "product", "quantity", title=_("New quantities")),
        Section("applied_on", side=True),
    )
    fields = {
        "order": Field(label=_("Sales order")),
        "promised_on": Field(label=_("Promised for"), help=_("Empty leaves the old date.")),
        "applied_on": Field(label=_("Applied on")),
        "reason": Field(label=_("Reason")),
        "lines.quantity": Number(label=_("Quantity"), least=0, help=_("Zero gives the line up.")),
    }
    derived = ["applied_on"]
    steps, rights = CHANGE_STEPS, Rights("crm.change")
