"""How returns are shown, entered and inspected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _, pgettext
from dougong.resources import (
    Choice,
    Field,
    Form,
    Kanban,
    Lines,
    Long,
    Money,
    Number,
    Resource,
    Rights,
    Section,
    Tab,
)
from dougong_base import Address, Product
from dougong_logistics.returns.models import FATES, REASONS, Return
from dougong_logistics.returns.papers import return_label
from dougong_logistics.returns.workflow import RETURN_STEPS


def start_return(actor: Any) -> Mapping[str, Any]:
    """Expected from today on."""
    return {"expected_on": actor.today, "credit": True}


def derive_return(document: Return, facts: Any) -> None:
    """A line is credited with what the product is sold for, unless somebody says otherwise."""
    for line in document.lines:
        product = facts.get(Product, line.product_id)
        if product is not None and facts.fresh(line, "price", on="product"):
            line.price = product.sales_price


def check_return(document: Return, facts: Any) -> None:
    """Only goods come back, from an address of the customer; what is expected stays as announced."""
    address = facts.get(Address, document.address_id)
    if address is not None and address.party_id != document.party_id:
        facts.error(document, "address", _("Choose an address of the customer."))
    for line in document.lines:
        product = facts.get(Product, line.product_id)
        if product is not None and product.kind != "goods":
            facts.error(line, "product", _("Only goods come back, no services."))
        if document.state == "received" and facts.changed(line, "product", "quantity"):
            facts.error(line, "quantity", _("What was announced is not changed any more."))


class ReturnResource(Resource):
    """What customers send back."""

    name, model, label, one = (
        "logistics.returns", Return, pgettext("logistics", "Returns"),
        pgettext("logistics", "Return"),
    )  # fmt: skip
    manual = "logistics#returns"
    icon, identity, title, sort = "arrow-back-up", "number", "number", "-id"
    columns = ["number", "party", "reason", "expected_on", "received_on", "reference", "state"]
    search = ["number", "reference", "tracking_number", "party.name", "lines.product.code"]
    filters = ["state", "party", "reason", "expected_on", "received_on", "lines.product"]
    groups = ["state", "reason", "party", "expected_on:month"]
    form = Form(
        Section("party", "address", "shipment", "reason", "expected_on", "credit"),
        Lines(
            "lines", "product", "quantity", "price", "received", "good", "damaged", "missing",
            "fate", "note", title=_("Goods"),
        ),
        Section(
            "number", "reference", "received_on", "inspected_on", "tracking_number",
            title=_("Trail"), side=True,
        ),
        Section("text", side=True),
    )  # fmt: skip
    fields = {
        "number": Field(label=_("Number")),
        "party": Field(label=_("Customer")),
        "address": Field(label=_("Address")),
        "shipment": Field(label=_("Shipment")),
        "reason": Choice(label=_("Reason"), choices=REASONS),
        "text": Long(label=_("Note")),
        "expected_on": Field(label=_("Expected on")),
        "received_on": Field(label=_("Received on")),
        "inspected_on": Field(label=_("Inspected on")),
        "tracking_number": Field(label=_("Tracking number")),
        "credit": Field(
            label=_("Credit the customer"),
            help=_("Sales credit the returns that they have announced themselves."),
        ),
        "reference": Field(label=_("Reference")),
        "lines.quantity": Number(label=_("Expected"), least=0),
        "lines.price": Money(label=_("Credited with"), least=0),
        "lines.received": Field(label=_("Received")),
        "lines.good": Number(label=pgettext("return", "Good"), least=0),
        "lines.damaged": Number(label=pgettext("return", "Damaged"), least=0),
        "lines.missing": Number(label=pgettext("return", "Missing"), least=0),
        "lines.fate": Choice(label=_("Damaged goods"), choices=FATES),
        "lines.note": Field(label=_("Note")),
    }
    derived = ["number", "reference", "received_on", "inspected_on", "lines.received"]
    boards = [Kanban("state", card=["number", "party", "reason"])]
    tabs = [Tab("label", _("Return label"), return_label)]
    steps, start = RETURN_STEPS, start_return
    derive, check = derive_return, check_return
    rights = Rights("logistics.return")
