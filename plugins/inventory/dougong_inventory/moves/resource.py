"""How stock moves are shown; they are facts and never change."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Choice, Field, Form, Resource, Rights, Section
from dougong_inventory.moves.models import REASONS, Move


class MoveResource(Resource):
    """What went where, when and why."""

    name, model, label, one = "inventory.moves", Move, _("Stock moves"), _("Stock move")
    icon, sort = "arrows-exchange", "-id"
    columns = [
        "moved_on", "reason", "reference", "product", "lot", "origin", "destination", "quantity",
        "value",
    ]  # fmt: skip
    search = ["reference", "product.code", "product.name", "lot.number"]
    filters = ["moved_on", "reason", "product", "lot", "origin", "destination", "party"]
    groups, totals = ["product", "reason", "moved_on:month"], ["quantity", "change", "value"]
    form = Form(
        Section("moved_on", "reason", "reference", "product", "lot", "quantity"),
        Section("origin", "destination", "party", title=_("Way"), side=True),
        Section("change", "value", title=_("Effect"), side=True),
    )
    fields = {
        "reason": Choice(label=_("Reason"), choices=REASONS),
        "reference": Field(label=_("Document")),
        "moved_on": Field(label=_("Date")),
        "lot": Field(label=_("Lot")),
        "quantity": Field(label=_("Quantity")),
        "value": Field(label=pgettext("stock", "Value")),
        "party": Field(label=_("Party")),
        "origin": Field(label=_("From")),
        "destination": Field(label=pgettext("place", "To")),
        "change": Field(label=_("Change of stock")),
    }
    rights = Rights("inventory.move", only_read=True)
