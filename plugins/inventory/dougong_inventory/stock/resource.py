"""How the stock is shown; nobody types it."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Field, Form, Pivot, Resource, Rights, Section
from dougong_inventory.stock.models import Stock


class StockResource(Resource):
    """What lies where, and what of it is reserved."""

    name, model, label, one = "inventory.stock", Stock, _("Stock"), _("Stock")
    empty = _("What lies where. It comes from opening stock, receipts and production.")
    icon, sort = "packages", "-id"
    columns = ["product.code", "product", "location", "lot", "on_hand", "reserved"]
    search = ["product.code", "product.name", "product.barcode"]
    filters = ["product", "location", "location.warehouse", "on_hand", "reserved"]
    groups, totals = ["product", "location"], ["on_hand", "reserved"]
    form = Form(
        Section("product", "location", "lot"),
        Section("on_hand", "reserved", title=pgettext("stock", "Balance"), side=True),
    )
    boards = [Pivot("on_hand", rows="product", columns="location")]
    fields = {
        "lot": Field(label=_("Lot")),
        "on_hand": Field(label=_("On hand")),
        "reserved": Field(label=_("Reserved")),
    }
    rights = Rights("inventory.stock", only_read=True)
