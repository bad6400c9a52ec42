"""How sales orders are shown, entered and exchanged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Kanban,
    Number,
    Pivot,
    Resource,
    Rights,
    Section,
)
from dougong_base import SHARE_TAB, Address
from dougong_crm.orders.models import Order
from dougong_crm.orders.workflow import (
    DELIVERY_STATES,
    INVOICE_ON,
    INVOICE_STATES,
    ORDER_STEPS,
    PAYMENT_STATES,
)
from dougong_crm.selling.derive import derive_priced
from dougong_crm.selling.fields import (
    PRICED_DERIVED,
    PRICED_FIELDS,
    priced_lines,
    start_selling,
    totals_section,
)

_COLOURS = {"open": "secondary", "partial": "orange", "full": "green", "unneeded": "secondary"}


def derive_order(order: Order, facts: Any) -> None:
    """Everything that follows from customer and products; how far it is."""
    derive_priced(order, facts, order.ordered_on)
    if order.currency:
        order.refresh()


def start_order(actor: Any) -> Mapping[str, Any]:
    """Ordered today, where whoever enters it is; they look after it."""
    return {"ordered_on": actor.today, **start_selling(actor)}


def check_order(order: Order, facts: Any) -> None:
    """It is not promised for a day before it was ordered."""
    if order.promised_on and order.ordered_on and order.promised_on < order.ordered_on:
        facts.error(order, "promised_on", _("This is before the day of the order."))
    for role in ("delivery", "invoice"):
        address = facts.get(Address, getattr(order, f"{role}_address_id"))
        if address is not None and address.party_id != order.customer_id:
            facts.error(order, f"{role}_address", _("This address is another party's."))


class OrderResource(Resource):
    """Sales orders, from draft to done."""

    name, model, label, one = "crm.orders", Order, _("Sales orders"), _("Sales order")
    manual = "sales#order"
    empty = _("What customers have ordered. Confirming an order tells the warehouse and the books.")
    icon, identity, title, sort = "receipt", "number", "number", "-ordered_on"
    columns = [
        "number", "ordered_on", "customer", "reference", "state", "delivery_state",
        "invoice_state", "payment_state", "total", "currency",
    ]  # fmt: skip
    search = ["number", "reference", "customer.name", "customer.code", "lines.product.code"]
    filters = [
        "state", "delivery_state", "invoice_state", "payment_state", "customer", "salesperson",
        "ordered_on", "promised_on", "total", "currency", "reference", "lines.product",
        "lines.product.category",
    ]  # fmt: skip
    groups = ["state", "customer", "salesperson", "ordered_on:month", "delivery_state"]
    totals = ["total", "unbilled"]
    form = Form(
        Section("customer", "ordered_on", "promised_on", "reference", "currency", "payment_term"),
        priced_lines("delivered", "billed"),
        totals_section(),
        Section(
            "number", "delivery_state", "invoice_state", "payment_state", "confirmed_on",
            title=_("How far"), side=True,
        ),
        Section(
            "salesperson", "quote", "invoice_on", "discount", "delivery_address",
            "invoice_address", title=_("More"), side=True,
        ),
        Section("note", side=True),
    )  # fmt: skip
    fields = PRICED_FIELDS | {
        "number": Field(label=_("Number")),
        "ordered_on": Field(label=_("Ordered on")),
        "promised_on": Field(label=_("Promised for")),
        "confirmed_on": Field(label=_("Confirmed on")),
        "delivery_state": Choice(label=_("Delivery"), choices=DELIVERY_STATES, colours=_COLOURS),
        "invoice_state": Choice(label=_("Billing"), choices=INVOICE_STATES, colours=_COLOURS),
        "payment_state": Choice(label=_("Payment"), choices=PAYMENT_STATES, colours=_COLOURS),
        "invoice_on": Choice(
            label=_("Billing rule"), choices=INVOICE_ON, help=_("Empty: as the company does.")
        ),
        "unbilled": Field(label=_("Not billed")),
        "lines.delivered": Number(label=_("Delivered"), readonly=True),
        "lines.billed": Number(label=_("Billed"), readonly=True),
    }
    derived = [
        *PRICED_DERIVED, "delivery_state", "invoice_state", "payment_state", "confirmed_on",
        "quote", "unbilled", "lines.delivered", "lines.billed",
    ]  # fmt: skip
    boards = [
        Kanban(
            "state",
            card=["number", "customer", "total", "promised_on"],
            sum="total",
            due="promised_on",
            due_while="state.in=confirmed&delivery_state.in=open,partial",
        ),
        Calendar("promised_on"),
        Pivot("untaxed", rows="customer", columns="ordered_on:month"),
    ]
    tabs = [SHARE_TAB]
    steps, derive, check, start = ORDER_STEPS, derive_order, check_order, start_order
    rights = Rights("crm.order")
