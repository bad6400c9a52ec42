"""How lots and serial numbers are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Long, Resource, Rights, Section
from dougong_inventory.lots.models import Lot


class LotResource(Resource):
    """Lots and serial numbers, with the day they expire."""

    name, model, label, one = "inventory.lots", Lot, _("Lots and serial numbers"), _("Lot")
    manual = "stock#lots-and-serial-numbers"
    icon, identity, title, sort = "barcode", "number", "number", "-id"
    columns = ["number", "product", "expires_on"]
    search, filters, groups = ["number", "product.code"], ["product", "expires_on"], ["product"]
    form = Form(Section("number", "product", "expires_on"), Section("note", side=True))
    fields = {"expires_on": Field(label=_("Expires on")), "note": Long()}
    rights = Rights("inventory.lot")
