"""How purchase orders are shown, entered and exchanged."""

from __future__ import annotations

from collections.abc import Mapping
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
    Money,
    Number,
    Pivot,
    Resource,
    Rights,
    Section,
    Tab,
)
from dougong_base import CURRENCY_CHOICES
from dougong_purchasing.orders.derive import check_order, derive_order
from dougong_purchasing.orders.models import Order
from dougong_purchasing.orders.revisions import revisions_tab
from dougong_purchasing.orders.workflow import (
    BILL_ON,
    BILL_STATES,
    ORDER_STEPS,
    PAYMENT_STATES,
    RECEIPT_STATES,
)
from dougong_purchasing.scores.models import GRADE_COLOURS
from dougong_purchasing.scores.resource import GRADES

_COLOURS = {"open": "secondary", "partial": "orange", "full": "green", "unneeded": "secondary"}


def start_order(actor: Any) -> Mapping[str, Any]:
    """Ordered today, by whoever enters it."""
    return {"ordered_on": actor.today, "buyer": actor.user_id}


def doubtful(document: Order | None) -> Mapping[str, Any] | None:
    """The grade to warn of above the form, if there is one."""
    grade = getattr(document, "warned_grade", None)
    return {"grade": grade} if document is not None and grade else None


class OrderResource(Resource):
    """Purchase orders, from draft to done."""

    name, model = "purchasing.orders", Order
    manual = "purchasing#from-a-wish-to-an-order"
    empty = _("What you have ordered from suppliers, until it has come and is paid.")
    label, one = _("Purchase orders"), _("Purchase order")
    icon, identity, title, sort = "shopping-cart", "number", "number", "-ordered_on"
    columns = [
        "number", "ordered_on", "supplier", "state", "expected_on", "receipt_state", "bill_state",
        "payment_state", "total", "currency",
    ]  # fmt: skip
    search = ["number", "reference", "supplier.name", "supplier.code", "lines.product.code"]
    filters = [
        "state", "receipt_state", "bill_state", "payment_state", "supplier", "buyer",
        "ordered_on", "expected_on", "total", "currency", "reference", "lines.product",
        "lines.product.category",
    ]  # fmt: skip
    groups = ["state", "supplier", "buyer", "ordered_on:month", "receipt_state"]
    totals = ["total"]
    form = Form(
        Section("supplier", "ordered_on", "expected_on", "reference", "currency", "payment_term"),
        Lines(
            "lines", "product", "description", "quantity", "unit", "price", "discount", "tax",
            "amount", "expected_on", "received", "billed", title=_("Lines"), totals=["amount"],
        ),
        Section("untaxed", "tax_total", "total", title=_("Totals"), side=True),
        Section(
            "number", "revision", "receipt_state", "bill_state", "payment_state", "confirmed_on",
            "warned_grade", title=_("How far"), side=True,
        ),
        Section("buyer", "bill_on", "worth", title=_("More"), side=True),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "number": Field(label=_("Number")),
        "supplier": Field(label=_("Supplier"), begin={"is_supplier": True}),
        "currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES, required=False),
        "payment_term": Field(label=_("Payment term")),
        "reference": Field(label=_("Their reference")),
        "ordered_on": Field(label=_("Ordered on")),
        "expected_on": Field(label=pgettext("goods", "Expected on")),
        "confirmed_on": Field(label=_("Confirmed on")),
        "buyer": Field(label=_("Buyer")),
        "revision": Number(label=_("Revision")),
        "warned_grade": Choice(
            label=_("Doubtful grade"),
            choices=GRADES,
            colours=GRADE_COLOURS,
            help=_("The supplier's grade, where the settings warn of it."),
        ),
        "receipt_state": Choice(
            label=pgettext("goods", "Receipt"), choices=RECEIPT_STATES, colours=_COLOURS
        ),
        "bill_state": Choice(label=_("Billing"), choices=BILL_STATES, colours=_COLOURS),
        "payment_state": Choice(
            label=pgettext("purchase", "Payment"), choices=PAYMENT_STATES, colours=_COLOURS
        ),
        "bill_on": Choice(
            label=_("Expect bills"), choices=BILL_ON, help=_("Empty: as the company does.")
        ),
        "untaxed": Money(label=_("Without tax")),
        "tax_total": Money(label=_("Tax")),
        "total": Money(label=_("Total")),
        "worth": Money(
            label=pgettext("order", "In our currency"),
            help=_("Without tax; rules of approval ask for it."),
        ),
        "note": Long(label=_("Note")),
        "lines.description": Field(label=_("Description"), required=False),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.unit": Field(label=_("Unit"), required=False),
        "lines.price": Number(label=_("Price"), least=0, required=False),
        "lines.discount": Number(label=_("Discount %"), least=0, most=100),
        "lines.tax": Field(label=_("Tax")),
        "lines.amount": Money(label=_("Amount")),
        "lines.expected_on": Field(label=pgettext("goods", "Expected on")),
        "lines.received": Number(label=pgettext("line", "Received"), readonly=True, quiet=True),
        "lines.billed": Number(label=_("Billed"), readonly=True, quiet=True),
    }
    derived = [
        "number", "untaxed", "tax_total", "total", "lines.amount", "receipt_state", "bill_state",
        "payment_state", "confirmed_on", "revision", "worth", "warned_grade",
        "lines.received", "lines.billed",
    ]  # fmt: skip
    boards = [
        Kanban(
            "state",
            card=["number", "supplier", "total", "expected_on"],
            sum="total",
            due="expected_on",
            due_while="state.in=confirmed&receipt_state.in=open,partial",
        ),
        Calendar("expected_on"),
        Pivot("untaxed", rows="supplier", columns="ordered_on:month"),
    ]
    tabs = [Tab("revisions", _("Changes"), revisions_tab)]
    steps, derive, check, start = ORDER_STEPS, derive_order, check_order, start_order
    rights = Rights("purchasing.order")
