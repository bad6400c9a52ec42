"""Writing invoices by hand, and giving drafts up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from dougong import ZERO, ref
from dougong.companies.currency import currency_of
from dougong_base import Party, PaymentTermLine, Product, Tax
from dougong_base.events import InvoiceCancelled
from dougong_finance.invoices.accounts import line_account, prepare
from dougong_finance.invoices.drafting import (
    TAX_ROUNDING,
    billed_lines,
    drafted_event,
    invoice_source,
    set_taxes,
)  # fmt: skip
from dougong_finance.invoices.models import Invoice

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong_base import PaymentTerm


def write_invoices(uow: UnitOfWork, invoices: Sequence[Invoice]) -> list[Invoice]:
    """Take in drafts that somebody has filled in: accounts, taxes and totals are added."""
    uow.require("finance.invoice.create")
    for invoice in invoices:
        invoice.company_id = invoice.company_id or uow.company_id
        invoice.kind = invoice.kind or "customer_invoice"
        invoice.issued_on = invoice.issued_on or uow.today
        invoice.state, invoice.open = "draft", ZERO
        for line in invoice.lines:
            line.quantity = Decimal(1) if line.quantity is None else line.quantity
            line.price, line.discount = line.price or ZERO, line.discount or ZERO
    complete_drafts(uow, invoices)
    uow.add(*invoices)
    uow.publish([drafted_event(invoice) for invoice in invoices if invoice.source_id])
    return list(invoices)


def complete_drafts(uow: UnitOfWork, invoices: Sequence[Invoice]) -> None:
    """What follows from the party, the products and the taxes of drafts, as far as it is missing."""
    lines = [line for invoice in invoices for line in invoice.lines]
    parties = {
        party.id: party
        for party in uow.load(Party, [i.party_id for i in invoices], Party.addresses)
    }
    wanted = {line.product_id for line in lines if line.product_id}
    products = {product.id: product for product in uow.load(Product, wanted)}
    taxes = {tax.id: tax for tax in uow.load(Tax, {line.tax_id for line in lines if line.tax_id})}
    rounding = uow.setting(TAX_ROUNDING)
    for invoice in invoices:
        party = parties[invoice.party_id]
        invoice.company_currency = currency_of(uow, invoice.company_id)
        invoice.currency = invoice.currency or party.currency or invoice.company_currency
        _freeze(invoice, party)
        prepare(uow, invoice)
        for line in invoice.lines:
            product = products.get(line.product_id) if line.product_id else None
            if line.account_id is None:
                line.account_id = line_account(
                    uow, invoice.company_id, invoice.to_customer, product
                )
            if not line.description:
                line.description = product.name if product else ""
        set_taxes(uow, invoice, taxes, rounding)


def _freeze(invoice: Invoice, party: Party) -> None:
    address = party.address_for("invoice")
    invoice.party_name, invoice.party_tax_number = party.name, party.tax_number
    invoice.party_address = str(address) if address else None


def cancel_invoices(uow: UnitOfWork, ids: Sequence[int]) -> list[Invoice]:
    """Give drafts up; what they stood for is open again."""
    uow.require("finance.invoice.cancel")
    invoices = uow.load(Invoice, ids, Invoice.lines)
    for invoice in invoices:
        invoice.cancel()
    uow.publish([cancelled_event(invoice) for invoice in invoices])
    return invoices


def cancelled_event(invoice: Invoice) -> InvoiceCancelled:
    """That the lines of an invoice are open again."""
    return InvoiceCancelled(
        invoice=ref(invoice),
        source=invoice_source(invoice),
        company_id=invoice.company_id,
        lines=billed_lines(invoice),
    )


def terms_of(uow: UnitOfWork, invoices: Sequence[Invoice]) -> dict[int, PaymentTerm]:
    """What the payment terms of invoices say about instalments; terms without any are absent."""
    wanted = {i.payment_term_id for i in invoices if i.payment_term_id}
    if not wanted:
        return {}
    parts: dict[int, list[PaymentTermLine]] = {}
    for line in uow.look(
        select(PaymentTermLine)
        .where(PaymentTermLine.term_id.in_(wanted))
        .order_by(PaymentTermLine.position, PaymentTermLine.id)
    ).scalars():
        parts.setdefault(line.term_id, []).append(line)
    # The instalments are all that is asked of a term here, and they are in one table.
    return {key: cast("PaymentTerm", SimpleNamespace(lines=lines)) for key, lines in parts.items()}
