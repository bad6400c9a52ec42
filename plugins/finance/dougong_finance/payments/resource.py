"""Payments, as pages and API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dougong import _, pgettext
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Lines,
    Long,
    Money,
    Pivot,
    Resource,
    Rights,
    Section,
)  # fmt: skip
from dougong_finance.payments.derive import check_payment, derive_payment
from dougong_finance.payments.models import DIRECTIONS, Payment
from dougong_finance.payments.workflow import PAYMENT_STEPS

if TYPE_CHECKING:
    from dougong import Actor


def start_payment(actor: Actor) -> dict[str, Any]:
    """Money that came in today, unless something else is chosen."""
    return {"direction": "in", "dated_on": actor.today}


class PaymentResource(Resource):
    """Money in and money out, and what it pays."""

    name, model, icon = "finance.payments", Payment, "cash-banknote"
    manual = "books#payments"
    empty = _("Money that came and went; a payment settles invoices.")
    label, one = _("Payments"), pgettext("document", "Payment")
    identity, title, sort = "number", "number", "-dated_on,-id"
    columns = ("number", "direction", "dated_on", "party", "journal", "state", "amount", "open")
    search = ("number", "reference", "party.name")
    filters = ("direction", "state", "party", "journal", "dated_on", "amount", "lines.invoice")
    groups, totals = ("direction", "journal", "party", "dated_on:month"), ("amount", "open")
    form = Form(
        Section("direction", "party", "dated_on", "journal", "amount", "reference"),
        Lines(
            "lines", "invoice", "amount", "discount", "discount_account",
            title=_("Settles"), totals=("amount", "discount"),
        ),
        Section("number", "currency", "open", "entry", title=_("Books"), side=True),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "direction": Choice(choices=DIRECTIONS, colours={"in": "green", "out": "orange"}),
        "dated_on": Field(label=_("Date"), required=False),
        "journal": Field(label=_("Journal"), required=False),
        "currency": Field(label=_("Currency"), required=False),
        "party": Field(label=_("Party"), required=False),
        "lines.invoice": Field(label=_("Invoice")),
        "amount": Money(least=0, label=_("Amount"), required=False),
        "open": Field(label=_("Not used yet")),
        "note": Long(label=_("Note")),
        "reference": Field(label=_("Reference")),
        "lines.amount": Money(least=0, label=_("Amount"), required=False),
        "lines.discount": Money(
            least=0,
            label=_("Discount"),
            required=False,
            help=_("What is let go of: a cash discount, a small rest."),
        ),
        "lines.discount_account": Field(label=_("Discount account")),
    }
    derived = ("number", "open", "entry")
    boards = (Calendar("dated_on"), Pivot("amount", rows="journal", columns="dated_on:month"))
    steps, derive, check, start = PAYMENT_STEPS, derive_payment, check_payment, start_payment
    rights = Rights("finance.payment")
