"""Invoices, bills and credit notes, as pages and API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dougong import _
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Lines,
    Long,
    Money,
    Number,
    Pivot,
    Resource,
    Rights,
    Section,
)  # fmt: skip
from dougong_base import SHARE_TAB
from dougong_finance.invoices.derive import derive_invoice
from dougong_finance.invoices.models import CUSTOMER, KINDS, Invoice
from dougong_finance.invoices.workflow import INVOICE_STEPS

if TYPE_CHECKING:
    from dougong import Actor
    from dougong.resources.documents.facts import Facts

_COLOURS = {
    "customer_invoice": "blue", "customer_credit": "purple",
    "supplier_bill": "orange", "supplier_credit": "pink",
}  # fmt: skip


def check_invoice(invoice: Invoice, facts: Facts) -> None:
    """A due date does not lie before the invoice."""
    if invoice.due_on and invoice.due_on < invoice.issued_on:
        facts.error(invoice, "due_on", _("It cannot be due before its own date."))


def start_bill(actor: Actor) -> dict[str, Any]:
    """A new one on the suppliers' side is a bill."""
    return {"kind": "supplier_bill", "issued_on": actor.today}


def start_invoice(actor: Actor) -> dict[str, Any]:
    """A new one on the customers' side is an invoice."""
    return {"kind": "customer_invoice", "issued_on": actor.today}


class InvoiceResource(Resource):
    """All invoices, bills and credit notes."""

    name, model, icon = "finance.invoices", Invoice, "file-invoice"
    manual = "books#customer-invoices"
    label, one = _("Invoices and bills"), _("Invoice")
    identity, title, sort = "number", "number", "-issued_on,-id"
    columns = ("number", "kind", "issued_on", "party", "due_on", "state", "total", "open")
    search = ("number", "reference", "party.name", "lines.description")
    filters = (
        "kind",
        "state",
        "party",
        "issued_on",
        "due_on",
        "currency",
        "total",
        "lines.product",
    )
    groups = ("kind", "state", "party", "issued_on:month")
    totals = ("untaxed", "total", "open")
    form = Form(
        Section("kind", "party", "issued_on", "payment_term", "due_on", "reference"),
        Lines(
            "lines", "product", "description", "account", "quantity", "price", "discount", "tax",
            "amount", title=_("Lines"), totals=("amount",),
        ),
        Section("untaxed", "tax", "total", "open", title=_("Totals"), side=True),
        Section("number", "currency", "entry", "reverses", title=_("Books"), side=True),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "kind": Choice(choices=KINDS, colours=_COLOURS),
        "issued_on": Field(label=_("Date"), required=False),
        "currency": Field(label=_("Currency"), required=False),
        "lines.account": Field(label=_("Account"), required=False),
        "lines.product": Field(label=_("Product")),
        "due_on": Field(
            label=_("Due date"), help=_("Without a payment term, the day you type counts.")
        ),
        "party": Field(label=_("Party")),
        "reference": Field(label=_("Reference"), help=_("The other side's own number.")),
        "note": Long(label=_("Note")),
        "reverses": Field(label=_("Credit note for")),
        "entry": Field(label=_("Entry")),
        "lines.quantity": Number(label=_("Quantity")),
        "lines.price": Number(label=_("Price")),
        "lines.discount": Number(label=_("Discount %"), least=0, most=100),
        "lines.tax": Field(label=_("Tax")),
        "lines.amount": Money(label=_("Amount")),
        "untaxed": Field(label=_("Without tax")),
        "open": Field(label=_("Open")),
    }
    derived = (
        "number", "untaxed", "tax", "total", "open", "entry", "reverses", "lines.amount",
    )  # fmt: skip
    boards = (
        Calendar("due_on"),
        Pivot("untaxed", rows="party", columns="issued_on:month"),
    )
    steps, derive, check, start = INVOICE_STEPS, derive_invoice, check_invoice, start_invoice
    rights = Rights("finance.invoice")


class CustomerInvoiceResource(InvoiceResource):
    """What customers owe: invoices and credit notes."""

    name, icon = "finance.customer-invoices", "file-invoice"
    empty = _("Invoices to customers. Deliveries and orders bring their drafts here by themselves.")
    label, one = _("Customer invoices"), _("Customer invoice")
    fields = {
        **InvoiceResource.fields,
        "kind": Choice(choices={k: v for k, v in KINDS.items() if k in CUSTOMER}, colours=_COLOURS),
        "party": Field(label=_("Customer"), begin={"is_customer": True}),
    }

    tabs = (SHARE_TAB,)

    @staticmethod
    def rule(model: type[Invoice]) -> Any:  # type: ignore[override]
        """Those to customers."""
        return model.kind.in_(sorted(CUSTOMER))


class SupplierBillResource(InvoiceResource):
    """What we owe suppliers: bills and their credit notes."""

    name, icon = "finance.supplier-bills", "file-dollar"
    empty = _("What suppliers charge you. Receipts bring their drafts here by themselves.")
    label, one = _("Supplier bills"), _("Supplier bill")
    fields = {
        **InvoiceResource.fields,
        "kind": Choice(
            choices={k: v for k, v in KINDS.items() if k not in CUSTOMER}, colours=_COLOURS
        ),
        "party": Field(label=_("Supplier"), begin={"is_supplier": True}),
        "reference": Field(label=_("Bill number"), help=_("The number the supplier gave it.")),
    }
    start = start_bill

    @staticmethod
    def rule(model: type[Invoice]) -> Any:  # type: ignore[override]
        """Those of suppliers."""
        return model.kind.in_(sorted(KINDS.keys() - CUSTOMER))
