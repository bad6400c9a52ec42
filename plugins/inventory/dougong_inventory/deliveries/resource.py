"""How deliveries are shown and entered."""

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
from dougong_base import SHARE_TAB, Product
from dougong_inventory.deliveries.models import KINDS, Delivery
from dougong_inventory.deliveries.workflow import DELIVERY_STEPS, OPEN


def derive_delivery(delivery: Delivery, facts: Any) -> None:
    """A delivery that is being prepared says how far it is."""
    if delivery.state in OPEN and delivery.lines:
        delivery.weigh()


def check_delivery(delivery: Delivery, facts: Any) -> None:
    """Only goods travel, and what is put aside stays of the product it was put aside for."""
    for line in delivery.lines:
        product = facts.get(Product, line.product_id)
        if product is not None and product.kind != "goods":
            facts.error(line, "product", _("Only goods are delivered."))
        if line.picked is not None and line.quantity is not None and line.picked > line.quantity:
            facts.error(line, "picked", _("Not more than the quantity of a line can be picked."))
        if line.reserved and facts.changed(line, "product", "lot"):
            facts.error(line, "product", _("Release the reservation before you change this."))
    if delivery.state in OPEN and facts.changed(delivery, "warehouse"):
        facts.error(delivery, "warehouse", _("Cancel it and deliver from the other warehouse."))


class DeliveryResource(Resource):
    """Goods that leave the house."""

    name, model, label, one = (
        "inventory.deliveries",
        Delivery,
        _("Deliveries"),
        pgettext("document", "Delivery"),
    )
    manual = "stock#deliveries"
    empty = _("Goods that leave. Confirmed sales orders bring their deliveries here by themselves.")
    icon, identity, title, sort = "truck-delivery", "number", "number", "-id"
    columns = ["number", "party", "reference", "promised_on", "shipped_on", "warehouse", "state"]
    search = ["number", "reference", "party.name", "lines.product.code"]
    filters = [
        "state", "party", "warehouse", "promised_on", "shipped_on", "kind", "lines.product",
    ]  # fmt: skip
    groups = ["state", "party", "promised_on:month"]
    form = Form(
        Section("party", "address", "warehouse", "promised_on"),
        Lines(
            "lines", "product", "quantity", "lot", "reserved", "picked", "shipped",
            title=_("Lines"), totals=["quantity", "reserved", "shipped"],
        ),
        Section("number", "reference", "shipped_on", "backorder_of", title=_("Trail"), side=True),
        Section("kind", "note", title=_("More"), side=True),
    )  # fmt: skip
    fields = {
        "party": Field(label=_("Customer or supplier")),
        "reference": Field(label=_("Order")),
        "promised_on": Field(label=_("Promised for")),
        "shipped_on": Field(label=_("Shipped on")),
        "backorder_of": Field(label=_("Rest of")),
        "kind": Choice(label=_("For"), choices=KINDS),
        "note": Long(label=_("Note")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.lot": Field(label=_("Only this lot")),
        "lines.picked": Number(
            label=_("To ship now"), least=0, help=_("Empty ships all that is reserved.")
        ),
        "lines.shipped": Field(label=_("Shipped")),
    }
    derived = [
        "number", "reference", "shipped_on", "backorder_of", "lines.reserved", "lines.shipped",
    ]  # fmt: skip
    boards = [Kanban("state", card=["number", "party", "promised_on"]), Calendar("promised_on")]
    tabs = [SHARE_TAB]
    steps, derive, check = DELIVERY_STEPS, derive_delivery, check_delivery
    rights = Rights("inventory.delivery")
