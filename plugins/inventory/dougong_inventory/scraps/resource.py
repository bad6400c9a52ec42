"""How scrappings are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Lines, Number, Resource, Rights, Section
from dougong_inventory.scraps.models import SCRAP_STEPS, Scrap


class ScrapResource(Resource):
    """Goods that are thrown away."""

    name, model, label, one = "inventory.scraps", Scrap, _("Scrappings"), _("Scrapping")
    manual = "stock#counting-scrapping-reordering"
    icon, identity, title, sort = "trash", "number", "number", "-id"
    columns = ["number", "location", "reason", "scrapped_on", "state"]
    search = ["number", "reason", "lines.product.code"]
    filters, groups = ["state", "location", "scrapped_on", "lines.product"], ["state"]
    form = Form(
        Section("location", "reason"),
        Lines("lines", "product", "quantity", "lot", title=_("Lines")),
        Section("number", "scrapped_on", title=_("Trail"), side=True),
    )
    fields = {
        "reason": Field(label=_("Reason")),
        "scrapped_on": Field(label=_("Scrapped on")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.lot": Field(label=_("Lot")),
    }
    derived = ["number", "scrapped_on"]
    steps, rights = SCRAP_STEPS, Rights("inventory.scrap")
