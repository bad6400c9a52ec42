"""How returns are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import Calendar, Field, Form, Lines, Number, Resource, Rights, Section
from dougong_crm.returns.models import Return
from dougong_crm.returns.workflow import RETURN_STEPS


def start_return(actor: Any) -> Mapping[str, Any]:
    """Sent back today, where whoever enters it is."""
    return {"returned_on": actor.today}


class ReturnResource(Resource):
    """What customers send back, and what of it has arrived."""

    name, model, label, one = "crm.returns", Return, _("Sales returns"), _("Sales return")
    manual = "sales#returns"
    icon, identity, title, sort = "arrow-back-up", "number", "number", "-returned_on"
    columns = ["number", "returned_on", "order", "order.customer", "state", "reason"]
    search = ["number", "order.number", "reason", "lines.product.code"]
    filters = ["state", "order", "returned_on", "lines.product"]
    groups = ["state", "returned_on:month"]
    form = Form(
        Section("order", "returned_on", "reason"),
        Lines("lines", "product", "quantity", "received", title=_("Lines")),
        Section("number", title=_("More"), side=True),
    )
    fields = {
        "number": Field(label=_("Number")),
        "order": Field(label=_("Sales order")),
        "returned_on": Field(label=_("Date")),
        "reason": Field(label=_("Reason")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.received": Number(label=_("Received"), readonly=True),
    }
    derived = ["number", "lines.received"]
    boards = [Calendar("returned_on")]
    steps, start, rights = RETURN_STEPS, start_return, Rights("crm.return")
