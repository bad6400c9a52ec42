"""How receipts are looked up; they are made at the till."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Calendar, Choice, Field, Form, Lines, Pivot, Resource, Rights, Section
from dougong_pos.sales.models import MEANS, Sale
from dougong_pos.sales.workflow import SALE_STEPS


class SaleResource(Resource):
    """What was sold over the counter."""

    name, model, label, one = (
        "pos.sales",
        Sale,
        pgettext("till", "Receipts"),
        pgettext("till", "Receipt"),
    )
    icon, identity, title, sort = "receipt-2", "number", "number", "-id"
    columns = ["number", "sold_on", "state", "means", "total"]
    search, filters = ["number"], ["state", "sold_on", "means", "total"]
    groups, totals = ["means", "sold_on:month"], ["total"]
    form = Form(
        Section("sold_on", "means", "given"),
        Lines("lines", "product", "quantity", "price", "amount", title=_("Lines")),
        Section("untaxed", "tax", "total", title=_("Totals"), side=True),
    )
    fields = {
        "sold_on": Field(label=_("Date")),
        "means": Choice(label=_("Paid by"), choices=MEANS),
        "given": Field(label=_("Given")),
        "untaxed": Field(label=_("Without tax")),
        "tax": Field(label=_("Tax")),
        "total": Field(label=_("Total")),
    }
    boards = [Calendar("sold_on"), Pivot("total", rows="means", columns="sold_on:month")]
    steps, rights = SALE_STEPS, Rights("pos.sale", only_read=True)
