"""Invoices and credit notes in the customers' portal: what is to pay, by when."""

from __future__ import annotations

import datetime as dt

from dougong import Text, _, pgettext
from dougong_base import PortalNoun, Waits
from dougong_finance.invoices.models import CUSTOMER, Invoice


def said(invoice: Invoice, today: dt.date) -> tuple[Text, str] | None:
    """A credit note is not to be paid; what should have been paid by now is overdue."""
    if invoice.kind == "customer_credit" and invoice.state in ("posted", "partly"):
        return _("Credit for you"), "blue"
    if invoice.state in ("posted", "partly") and invoice.due_on and invoice.due_on < today:
        return _("Overdue"), "red"
    return None


INVOICES = PortalNoun(
    name="finance.customer-invoices",
    label=pgettext("portal", "Invoices"),
    one=pgettext("portal", "Invoice"),
    party="party_id",
    states={
        "posted": pgettext("portal", "To pay"),
        "partly": pgettext("portal", "Partly paid"),
        "paid": pgettext("portal", "Paid"),
        "reversed": pgettext("portal", "Taken back"),
    },
    only=lambda model: model.kind.in_(sorted(CUSTOMER)),
    columns=["kind", "issued_on", "due_on", "total", "open"],
    facts=[
        "kind", "issued_on", "due_on", ("reference", _("Your reference")), "payment_term",
        "reverses",
    ],
    lines=["description", "quantity", "price", "discount", "tax", "amount"],
    sums=["untaxed", "tax", "total", ("open", _("Still to pay"))],
    papers=["invoice", "credit-note"],
    said=said,
    waits=Waits(
        label=_("Invoices to pay"),
        states=["posted", "partly"],
        only=lambda model, _today: model.kind == "customer_invoice",
        amount="open",
        day="due_on",
    ),
    order=40,
)  # fmt: skip
