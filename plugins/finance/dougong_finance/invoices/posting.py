"""Posting invoices: a number, an entry in the ledger, and money that is owed from now on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from dougong import ZERO, ref, split
from dougong_base import PaymentTerm, exchanged, instalments, rates_on
from dougong_finance.entries.postings import Posting, PostingLine, gathered
from dougong_finance.entries.service import post_entries
from dougong_finance.invoices.differences import price_differences
from dougong_finance.invoices.facts import paid_event, posted_event
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.service import complete_drafts, terms_of
from dougong_finance.invoices.workflow import INVOICE_STEPS
from dougong_finance.takings.settling import pay_with_takings

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong_finance.items.models import Item

#: The number series of each kind of invoice.
SERIES = {
    "customer_invoice": "finance-invoice",
    "customer_credit": "finance-credit",
    "supplier_bill": "finance-bill",
    "supplier_credit": "finance-bill-credit",
}


def post_invoices(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Invoice]:
    """Send invoices, accept bills: from now on they are owed."""
    uow.require("finance.invoice.post")
    invoices = uow.load(Invoice, ids, Invoice.lines, Invoice.taxes)
    edited = [i for i in invoices if i.source_id is None or i.version > 1]
    for invoice in edited:
        # Its taxes are computed anew; the rows of before go.
        uow.remove(*invoice.taxes)
    if edited:
        complete_drafts(uow, edited)
        for invoice in edited:
            for tax in invoice.taxes:
                tax.invoice_id = invoice.id
            uow.add(*invoice.taxes)
    left = enter_invoices(uow, invoices, on)
    pay_with_takings(uow, invoices, left)
    return invoices


def enter_invoices(
    uow: UnitOfWork, invoices: Sequence[Invoice], on: dt.date | None
) -> list[dict[int, Item]]:
    """Post loaded, complete invoices and tell the others; returns what each leaves open."""
    INVOICE_STEPS.allow(uow, invoices, "post")
    # Once an invoice has its number, nothing about its lines may change and none may join them.
    uow.flush()
    for invoice in invoices:
        invoice.issued_on = on or invoice.issued_on
        invoice.post()
    _set_rates(uow, invoices)
    terms = terms_of(uow, invoices)
    parts = [_instalments(invoice, terms) for invoice in invoices]
    postings = {
        invoice.id: _posting(uow, invoice, part)
        for invoice, part in zip(invoices, parts, strict=True)
        # What is given away has its number, but nothing to book.
        if any(line.untaxed for line in invoice.lines) or invoice.tax
    }
    posted = dict(zip(postings, post_entries(uow, list(postings.values())), strict=True))
    for invoice, part in zip(invoices, parts, strict=True):
        invoice.due_on = part[-1][0]
        if invoice.id in posted:
            invoice.entry_id = posted[invoice.id].entry.id
        uow.number(invoice, SERIES[invoice.kind], on=invoice.issued_on)
    uow.publish([posted_event(invoice) for invoice in invoices])
    uow.publish([paid_event(i, i.issued_on) for i in invoices if not i.total])
    return [posted[i.id].items if i.id in posted else {} for i in invoices]


def _set_rates(uow: UnitOfWork, invoices: Sequence[Invoice]) -> None:
    for own in {i.company_currency for i in invoices if i.currency != i.company_currency}:
        foreign = [i for i in invoices if i.company_currency == own and i.currency != own]
        rates = rates_on(uow.session, [(i.currency, i.issued_on) for i in foreign], str(own))
        for invoice in foreign:
            invoice.rate = rates[invoice.currency, invoice.issued_on]


def _instalments(invoice: Invoice, terms: dict[int, PaymentTerm]) -> list[tuple[dt.date, Decimal]]:
    term = terms.get(invoice.payment_term_id) if invoice.payment_term_id else None
    if term is None and invoice.due_on:
        return [(max(invoice.due_on, invoice.issued_on), invoice.total)]
    return instalments(term, invoice.total, invoice.currency, invoice.issued_on)


def _posting(
    uow: UnitOfWork, invoice: Invoice, parts: Sequence[tuple[dt.date, Decimal]]
) -> Posting:
    """The total on one side, what it was for and the taxes on the other."""
    sign = invoice.sign
    owed = [
        PostingLine(
            invoice.account_id, sign * amount, invoice.party_id, invoice.reference or "", due_on
        )
        for due_on, amount in parts
    ]
    lines = [
        PostingLine(line.account_id, -sign * line.untaxed, tax_id=line.tax_id)
        for line in invoice.lines
    ]
    taxes = [
        PostingLine(
            tax.account_id, -sign * tax.amount, tax_id=tax.tax_id, tax_base=-sign * tax.base
        )
        for tax in invoice.taxes
    ]
    said = [*owed, *gathered(lines), *taxes]
    booked = said if invoice.currency == invoice.company_currency else _booked(invoice, said)
    return Posting(
        company_id=invoice.company_id,
        journal_id=invoice.journal_id,
        journal_kind="sales" if invoice.to_customer else "purchase",
        dated_on=invoice.issued_on,
        text=" ".join(filter(None, (invoice.party_name, invoice.reference))),
        lines=[*booked, *price_differences(uow, invoice, booked)],
        source=ref(invoice),
        source_key=f"invoice:{invoice.id}",
    )


def _booked(invoice: Invoice, lines: Sequence[PostingLine]) -> list[PostingLine]:
    """In the company's currency: each side adds up to the booked total, to the smallest unit."""
    own = str(invoice.company_currency)
    total = exchanged(invoice.total, invoice.rate, own)
    booked: list[PostingLine] = []
    for side in (1, -1):
        mine = [line for line in lines if line.amount * side > 0]
        net = sum((line.amount for line in mine), ZERO)
        whole = exchanged(net, invoice.rate, own) if abs(net) != invoice.total else side * total
        amounts = split(whole, [line.amount for line in mine], own) if mine else []
        booked += [
            line._replace(
                amount=amount,
                tax_base=None
                if line.tax_base is None
                else exchanged(line.tax_base, invoice.rate, own),
                currency=invoice.currency,
                currency_amount=line.amount,
            )
            for line, amount in zip(mine, amounts, strict=True)
        ]
    return _evened(booked)


def _evened(lines: list[PostingLine]) -> list[PostingLine]:
    gap = sum((line.amount for line in lines), ZERO)
    if gap:
        heaviest = max(range(len(lines)), key=lambda i: abs(lines[i].amount))
        lines[heaviest] = lines[heaviest]._replace(amount=lines[heaviest].amount - gap)
    return lines
