"""The invoice and the credit note as the customer gets them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from dougong import _, rounded
from dougong.printing import Beside, Code, Desk, Letterhead, Print, Sheet, Sum, Sums, Words
from dougong.printing.sheets import Part
from dougong_base import (
    Party,
    address_lines,
    iban_problem,
    kept_lines,
    languages_of,
    receivers,
)
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceTax

#: The resources of customers' invoices beside the one of all.
CUSTOMERS = ("finance.customer-invoices",)
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def lay_out_invoices(desk: Desk, invoices: Sequence[Invoice]) -> Iterator[Sheet]:
    """What it is for, what it comes to with each tax, and how it is to be paid."""
    parties = receivers(desk.session, (invoice.party_id for invoice in invoices))
    taxes = _taxes(desk.session, [invoice.id for invoice in invoices])
    for invoice in invoices:
        credit = invoice.kind == "customer_credit"
        title = _("Credit note") if credit else _("Invoice")
        party = parties.get(invoice.party_id)
        yield Sheet(
            title=f"{title} {invoice.number or ''}".strip(),
            to=_receiver(desk, invoice, party),
            facts=_facts(desk, invoice, party),
            dated=invoice.issued_on,
            parts=[
                desk.table(
                    invoice,
                    "lines",
                    "description",
                    "quantity",
                    "price",
                    "discount",
                    "tax",
                    "amount",
                ),
                _sums(desk, invoice, taxes.get(invoice.id, ())),
                *([Words(invoice.note)] if invoice.note else []),
                *([] if credit else _payment(desk, invoice)),
                *_closing(desk.head(invoice)),
            ],
        )


def _receiver(desk: Desk, invoice: Invoice, party: Party | None) -> list[str]:
    """Name and address as they were when it was posted; a draft shows them as they are."""
    if invoice.party_address:
        return [invoice.party_name, *kept_lines(invoice.party_address, desk.language, desk.home)]
    where = party.address_for("invoice") if party else None
    name = invoice.party_name or (party.display if party else "")
    return [name, *(address_lines(where, desk.language, desk.home) if where else [])]


def _facts(desk: Desk, invoice: Invoice, party: Party | None) -> list[tuple[Any, object]]:
    rows: list[tuple[Any, object]] = [
        *desk.facts(invoice, ("issued_on", _("Date")), ("due_on", _("Due date"))),
        *([(_("Customer number"), party.code)] if party else []),
        *desk.facts(invoice, ("reference", _("Your reference")), "payment_term"),
        *desk.facts(invoice, "reverses"),
    ]
    number = invoice.party_tax_number or (party.tax_number if party else None)
    return [*rows, *([(_("Your tax number"), number)] if number else [])]


def _taxes(session: Session, ids: Sequence[int]) -> Mapping[int, list[InvoiceTax]]:
    statement = (
        select(InvoiceTax)
        .where(InvoiceTax.invoice_id.in_(ids))
        .options(joinedload(InvoiceTax.tax))
        .order_by(InvoiceTax.invoice_id, InvoiceTax.position)
    )
    found: dict[int, list[InvoiceTax]] = {}
    for tax in session.scalars(statement):
        found.setdefault(tax.invoice_id, []).append(tax)
    return found


def _sums(desk: Desk, invoice: Invoice, taxes: Sequence[InvoiceTax]) -> Sums:
    """Without tax, each tax with what it is of, and the total."""

    def money(value: Any) -> str:
        return desk.money(value, invoice.currency)

    rows = [Sum(_("Without tax"), money(invoice.untaxed))]
    for tax in taxes:
        label = _("%(tax)s of %(base)s", tax=tax.tax.name, base=money(tax.base))
        rows.append(Sum(label, money(tax.amount)))
    return Sums([*rows, Sum(_("Total"), money(invoice.total), strong=True)])


def _payment(desk: Desk, invoice: Invoice) -> list[Part]:
    """By when, to which account; in euros a code that the customer's bank reads."""
    if not invoice.number or invoice.total <= 0:
        return []
    amount, head = desk.money(invoice.total, invoice.currency), desk.head(invoice)
    facts = {"amount": amount, "number": invoice.number}
    if invoice.due_on:
        day = desk.fmt.date(invoice.due_on)
        said = _("Please pay %(amount)s by %(day)s and name %(number)s.", day=day, **facts)
    else:
        said = _("Please pay %(amount)s and name %(number)s.", **facts)
    code = _bank_code(invoice, head)
    if not code:
        return [Words(said)]
    square = Code(code, square=True, width=24, text=_("Pay by code"))
    return [Beside([[Words(said)], [square]], shares=(4, 1))]


def _bank_code(invoice: Invoice, head: Letterhead | None) -> str:
    """A transfer by the guideline EPC069-12 (version 002) of the European Payments Council."""
    account = re.sub(r"\s", "", head.account or "") if head else ""
    if head is None or invoice.currency != "EUR" or not IBAN.fullmatch(account):
        return ""
    if iban_problem(account):
        return ""
    amount = f"EUR{rounded(invoice.total, 'EUR'):.2f}"
    lines = ["BCD", "002", "1", "SCT", head.bic or "", head.name[:70], account, amount]
    return "\n".join([*lines, "", "", (invoice.number or "")[:140]])


def _closing(head: Letterhead | None) -> list[Part]:
    return [Words(head.closing, soft=True)] if head and head.closing else []


def is_invoice(invoice: Invoice) -> bool:
    """What a customer is asked to pay."""
    return invoice.kind == "customer_invoice"


def is_credit_note(invoice: Invoice) -> bool:
    """What a customer gets back."""
    return invoice.kind == "customer_credit"


INVOICE_PRINTS = [
    Print(
        name="finance.invoice", label=_("Invoice"), resource="finance.invoices", order=10,
        layout=lay_out_invoices, fits=is_invoice, language=languages_of("party_id"), also=CUSTOMERS,
    ),
    Print(
        name="finance.credit-note", label=_("Credit note"), resource="finance.invoices", order=20,
        layout=lay_out_invoices, fits=is_credit_note, language=languages_of("party_id"), also=CUSTOMERS,
    ),
]  # fmt: skip
