"""How counts are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Field, Form, Lines, Number, Resource, Rights, Section
from dougong_inventory.counts.models import COUNT_STEPS, Count


def check_count(count: Count, facts: Any) -> None:
    """One line for each product and lot."""
    seen = set()
    for line in count.lines:
        if (line.product_id, line.lot_id) in seen:
            facts.error(line, "product", _("This product and lot stand on the sheet already."))
        seen.add((line.product_id, line.lot_id))


class CountResource(Resource):
    """Sheets on which is written what lies at a place."""

    name, model, label, one = "inventory.counts", Count, _("Counts"), _("Count")
    manual = "stock#counting-scrapping-reordering"
    icon, identity, title, sort = "clipboard-check", "number", "number", "-id"
    columns = ["number", "location", "reason", "counted_on", "state"]
    search = ["number", "reason", "lines.product.code"]
    filters, groups = ["state", "location", "counted_on", "lines.product"], ["state"]
    form = Form(
        Section("location", "reason"),
        Lines("lines", "product", "lot", "expected", "counted", "difference", title=_("Lines")),
        Section("number", "counted_on", title=_("Trail"), side=True),
    )
    fields = {
        "reason": Field(label=_("Reason")),
        "counted_on": Field(label=_("Counted on")),
        "lines.lot": Field(label=_("Lot")),
        "lines.expected": Field(label=_("In the books")),
        "lines.counted": Number(
            label=_("Counted"), least=0, help=_("Empty means that it was not counted.")
        ),
        "lines.difference": Field(label=_("Difference")),
    }
    derived = ["number", "counted_on", "lines.expected", "lines.difference"]
    steps, check, rights = COUNT_STEPS, check_count, Rights("inventory.count")
