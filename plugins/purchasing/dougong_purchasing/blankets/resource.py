"""How framework agreements are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Form, Lines, Long, Number, Resource, Rights, Section
from dougong_base import CURRENCY_CHOICES
from dougong_purchasing.blankets.models import Blanket
from dougong_purchasing.blankets.workflow import BLANKET_STEPS


def start_blanket(actor: Any) -> Mapping[str, Any]:
    """For the rest of the year."""
    return {"starts_on": actor.today, "ends_on": actor.today.replace(month=12, day=31)}


class BlanketResource(Resource):
    """Quantities agreed with suppliers, called off by orders."""

    name, model = "purchasing.blankets", Blanket
    manual = "purchasing#prices-and-agreements"
    label, one = _("Framework agreements"), _("Framework agreement")
    icon, identity, title, sort = "file-certificate", "number", "number", "-id"
    columns = ["number", "supplier", "reference", "starts_on", "ends_on", "state", "currency"]
    search = ["number", "supplier.name", "reference", "lines.product.code"]
    filters = ["state", "supplier", "starts_on", "ends_on", "lines.product"]
    form = Form(
        Section("supplier", "reference", "currency", "starts_on", "ends_on"),
        Lines("lines", "product", "quantity", "price", "called", title=_("Lines")),
        Section("number", "note", side=True),
    )
    fields = {
        "number": Field(label=_("Number")),
        "supplier": Field(label=_("Supplier"), begin={"is_supplier": True}),
        "reference": Field(label=_("Their reference")),
        "currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES),
        "starts_on": Field(label=_("From")),
        "ends_on": Field(label=_("Until")),
        "note": Long(label=_("Note")),
        "lines.quantity": Number(label=_("Agreed quantity"), least=0),
        "lines.price": Number(label=_("Price"), least=0),
        "lines.called": Number(label=_("Called off"), readonly=True),
    }
    derived = ["number", "lines.called"]
    steps, start, rights = BLANKET_STEPS, start_blanket, Rights("purchasing.blanket")
