"""How requests are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import Calendar, Field, Form, Lines, Money, Number, Resource, Rights, Section
from dougong_purchasing.requests.models import Request
from dougong_purchasing.requests.workflow import REQUEST_STEPS


def start_request(actor: Any) -> Mapping[str, Any]:
    """Asked for today, by whoever enters it."""
    return {"requested_on": actor.today, "requester": actor.user_id}


class RequestResource(Resource):
    """What somebody needs bought, and who allowed it."""

    name, model = "purchasing.requests", Request
    label, one = _("Purchase requests"), _("Purchase request")
    icon, identity, title, sort = "file-plus", "number", "number", "-id"
    columns = [
        "number", "requested_on", "needed_on", "department", "requester", "supplier", "state",
        "worth", "reason",
    ]  # fmt: skip
    search = ["number", "department", "reason", "lines.product.code"]
    filters = [
        "state", "department", "requester", "supplier", "needed_on", "worth", "lines.product",
    ]  # fmt: skip
    groups = ["state", "department", "supplier"]
    form = Form(
        Section("needed_on", "department", "supplier", "reason"),
        Lines("lines", "product", "quantity", "needed_on", title=_("Lines")),
        Section("worth", "number", "requested_on", "requester", "approved_by", title=_("More"),
                side=True),
    )  # fmt: skip
    fields = {
        "number": Field(label=_("Number")),
        "requested_on": Field(label=_("Requested on")),
        "needed_on": Field(label=_("Needed on")),
        "department": Field(label=_("Department")),
        "requester": Field(label=_("Requester")),
        "approved_by": Field(label=_("Approved by")),
        "worth": Money(label=_("Estimated value"), help=_("At today's offers, without tax.")),
        "supplier": Field(label=_("Supplier"), help=_("Empty: who offers best.")),
        "reason": Field(label=_("Reason")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.needed_on": Field(label=_("Needed on")),
    }
    derived = ["number", "approved_by", "worth"]
    boards = [Calendar("needed_on")]
    steps, start, rights = REQUEST_STEPS, start_request, Rights("purchasing.request")
