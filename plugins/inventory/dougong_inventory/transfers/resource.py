"""How transfers are shown and entered."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Field, Form, Lines, Long, Number, Resource, Rights, Section
from dougong_inventory.transfers.models import TRANSFER_STEPS, Transfer


class TransferResource(Resource):
    """Goods carried from one place of the house to another."""

    name, model, label, one = "inventory.transfers", Transfer, _("Transfers"), _("Transfer")
    manual = "stock#transfers"
    icon, identity, title, sort = "transfer", "number", "number", "-id"
    columns = ["number", "origin", "destination", "transferred_on", "state"]
    search = ["number", "lines.product.code"]
    filters = ["state", "origin", "destination", "transferred_on", "lines.product"]
    groups = ["state", "transferred_on:month"]
    form = Form(
        Section("origin", "destination"),
        Lines("lines", "product", "quantity", "lot", title=_("Lines")),
        Section("number", "transferred_on", title=_("Trail"), side=True),
        Section("note", title=_("More"), side=True),
    )
    fields = {
        "origin": Field(label=_("From")),
        "destination": Field(label=pgettext("place", "To")),
        "transferred_on": Field(label=_("Transferred on")),
        "note": Long(label=_("Note")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.lot": Field(label=_("Lot")),
    }
    derived = ["number", "transferred_on"]
    steps, rights = TRANSFER_STEPS, Rights("inventory.transfer")
