"""How returns to suppliers are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Lines,
    Number,
    Resource,
    Rights,
    Section,
)
from dougong_purchasing.returns.models import REASONS, Return
from dougong_purchasing.returns.workflow import RETURN_STEPS


def start_return(actor: Any) -> Mapping[str, Any]:
    """Sent back today, where whoever enters it is."""
    return {"returned_on": actor.today}


class ReturnResource(Resource):
    """What goes back to suppliers, and what of it has left."""

    name, model = "purchasing.returns", Return
    label, one = _("Returns to suppliers"), _("Return to supplier")
    icon, identity, title, sort = "arrow-forward-up", "number", "number", "-returned_on"
    columns = ["number", "returned_on", "order", "order.supplier", "state", "reason"]
    search = ["number", "order.number", "note", "lines.product.code"]
    filters = ["state", "order", "reason", "returned_on", "lines.product"]
    groups = ["state", "reason", "returned_on:month"]
    form = Form(
        Section("order", "returned_on", "reason", "note"),
        Lines("lines", "product", "quantity", "sent", title=_("Lines")),
        Section("number", title=_("More"), side=True),
    )
    fields = {
        "number": Field(label=_("Number")),
        "order": Field(label=_("Purchase order")),
        "returned_on": Field(label=_("Date")),
        "reason": Choice(label=_("Reason"), choices=REASONS),
        "note": Field(label=_("Note")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.sent": Number(label=_("Sent back"), readonly=True),
    }
    derived = ["number", "lines.sent"]
    boards = [Calendar("returned_on")]
    steps, start, rights = RETURN_STEPS, start_return, Rights("purchasing.return")
