"""How requests are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import Calendar, Field, Form, Lines, Money, Number, Resource, Rights, Section
from dougong_purchasing.requests.models import Request
from dougong_purchasing.requests.service import value_requests
from dougong_purchasing.requests.workflow import REQUEST_STEPS


def start_request(actor: Any) -> Mapping[str, Any]:
    """Asked for today, by whoever enters it."""
    return {"requested_on": actor.today, "requester": actor.user_id}


def derive_request(request: Request, facts: Any) -> None:
    """Whoever enters it asks for it, where nobody else is named; and what it would cost today."""
    if request.requester_id is None:
        request.requester_id = facts.actor.user_id
    if all(line.product_id and line.quantity is not None for line in request.lines):
        value_requests(facts.uow, [request])


class RequestResource(Resource):
    """What somebody needs bought, and who allowed it."""

    name, model = "purchasing.requests", Request
    manual = "purchasing#from-a-wish-to-an-order"
    empty = _("What colleagues need. A request that is approved becomes a purchase order.")
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
        Section("worth", "number", "requested_on", "requester", title=_("More"),
                side=True),
    )  # fmt: skip
    fields = {
        "number": Field(label=_("Number")),
        "requested_on": Field(label=_("Requested on")),
        "needed_on": Field(label=_("Needed on")),
        "department": Field(label=_("Department")),
        "requester": Field(label=_("Requester")),
        "worth": Money(label=_("Estimated value"), help=_("At today's offers, without tax.")),
        "supplier": Field(
            label=_("Supplier"), help=_("Empty: who offers best."), begin={"is_supplier": True}
        ),
        "reason": Field(label=_("Reason")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.needed_on": Field(label=_("Needed on")),
    }
    derived = ["number", "worth"]
    boards = [Calendar("needed_on")]
    steps, derive, start = REQUEST_STEPS, derive_request, start_request
    rights = Rights("purchasing.request")
