"""How receipts are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Kanban,
    Lines,
    Long,
    Number,
    Resource,
    Rights,
    Section,
)  # fmt: skip
from dougong_base import Product
from dougong_inventory.receipts.models import KINDS, Receipt
from dougong_inventory.receipts.workflow import RECEIPT_STEPS


def derive_receipt(receipt: Receipt, facts: Any) -> None:
    """Goods from a supplier cost what stands on the product, unless somebody knows better."""
    for line in receipt.lines:
        product = facts.get(Product, line.product_id)
        if product is None or receipt.kind != "purchase" or not facts.actor.may("base.cost.read"):
            continue
        if facts.fresh(line, "unit_cost", on="product"):
            line.unit_cost = product.cost_price


def check_receipt(receipt: Receipt, facts: Any) -> None:
    """Only goods are received."""
    for line in receipt.lines:
        product = facts.get(Product, line.product_id)
        if product is not None and product.kind != "goods":
            facts.error(line, "product", _("Only goods are received."))


class ReceiptResource(Resource):
    """Goods that come into the house."""

    name, model, label, one = (
        "inventory.receipts",
        Receipt,
        _("Receipts"),
        pgettext("document", "Receipt"),
    )
    manual = "stock#receipts"
    empty = _("Goods that come in. Purchase orders bring their receipts here by themselves.")
    icon, identity, title, sort = "package-import", "number", "number", "-id"
    columns = ["number", "party", "reference", "expected_on", "received_on", "warehouse", "state"]
    search = ["number", "reference", "party.name", "lines.product.code"]
    filters = [
        "state", "party", "warehouse", "expected_on", "received_on", "kind", "lines.product",
    ]  # fmt: skip
    groups = ["state", "party", "expected_on:month"]
    form = Form(
        Section("party", "warehouse", "location", "expected_on"),
        Lines(
            "lines", "product", "quantity", "arrived", "unit_cost", "lots", "expires_on",
            "received", title=_("Lines"), totals=["quantity", "received"],
        ),
        Section("number", "reference", "received_on", "backorder_of", title=_("Trail"), side=True),
        Section("kind", "note", title=_("More"), side=True),
    )  # fmt: skip
    fields = {
        "party": Field(label=_("Supplier or customer")),
        "location": Field(label=_("Put away at"), help=_("Empty: the stock of the warehouse.")),
        "reference": Field(label=_("Order")),
        "expected_on": Field(label=pgettext("receipt", "Expected on")),
        "received_on": Field(label=_("Received on")),
        "backorder_of": Field(label=_("Rest of")),
        "kind": Choice(label=_("From"), choices=KINDS),
        "note": Long(label=_("Note")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.arrived": Number(
            label=_("Arrived"), least=0, help=_("Empty means that all of it has come.")
        ),
        "lines.unit_cost": Number(label=_("Unit cost"), least=0),
        "lines.lots": Field(label=_("Lot or serial numbers"), help=_("Separated by commas.")),
        "lines.expires_on": Field(label=_("Expires on")),
        "lines.received": Field(label=_("Received")),
    }
    derived = ["number", "reference", "received_on", "backorder_of", "lines.received"]
    boards = [Kanban("state", card=["number", "party", "expected_on"]), Calendar("expected_on")]
    steps, derive, check = RECEIPT_STEPS, derive_receipt, check_receipt
    rights = Rights("inventory.receipt")
