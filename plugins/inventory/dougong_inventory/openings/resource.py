"""How opening stock is shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Lines, Long, Number, Resource, Rights, Section
from dougong_inventory.openings.models import OPENING_STEPS, Opening


class OpeningResource(Resource):
    """What was there on the first day, and what it was worth."""

    name, model, label, one = "inventory.openings", Opening, _("Opening stock"), _("Opening stock")
    icon, identity, title, sort = "flag", "number", "number", "-id"
    columns = ["number", "warehouse", "opened_on", "state"]
    search, filters = ["number", "lines.product.code"], ["state", "warehouse", "opened_on"]
    form = Form(
        Section("warehouse", "location", "opened_on"),
        Lines("lines", "product", "quantity", "unit_cost", "lots", "expires_on", title=_("Lines")),
        Section("number", title=_("Trail"), side=True),
        Section("note", title=_("More"), side=True),
    )
    fields = {
        "location": Field(label=_("Lies at"), help=_("Empty: the stock of the warehouse.")),
        "opened_on": Field(label=_("Date")),
        "note": Long(label=_("Note")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.unit_cost": Number(
            label=_("Unit cost"), least=0, help=_("Empty: the cost price of the product.")
        ),
        "lines.lots": Field(label=_("Lot or serial numbers"), help=_("Separated by commas.")),
        "lines.expires_on": Field(label=_("Expires on")),
    }
    derived = ["number"]
    steps, rights = OPENING_STEPS, Rights("inventory.opening")
