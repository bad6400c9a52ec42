"""Drafting invoices and bills for what other departments say is billable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from dougong import ZERO, DocumentRef, ref
from dougong.companies.currency import currency_of
from dougong_base import Party, Product, Tax
from dougong_base.events import BilledLine, InvoiceDrafted, PurchaseBillable, SaleBillable
from dougong_finance.invoices.accounts import prepare, tax_account
from dougong_finance.invoices.billable import Billable, invoice_line, of_purchase, of_sale
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceTax
from dougong_finance.invoices.totals import add_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dougong import UnitOfWork

#: How tax is rounded: once a document, or line by line.
TAX_ROUNDING = "base.tax_rounding"


def draft_invoices(uow: UnitOfWork, events: Sequence[SaleBillable]) -> list[Invoice]:
    """Prepare what customers will owe; what already has its draft or invoice gets no second one."""
    return _draft_all(uow, [of_sale(event) for event in events if event.lines])


def draft_bills(uow: UnitOfWork, events: Sequence[PurchaseBillable]) -> list[Invoice]:
    """Prepare what we will owe suppliers, to be compared with the bills they send; each once."""
    return _draft_all(uow, [of_purchase(event) for event in events if event.lines])


def _draft_all(uow: UnitOfWork, billables: Sequence[Billable]) -> list[Invoice]:
    fresh = _not_yet_drafted(uow, billables)
    if not fresh:
        return []
    lines = [line for billable in fresh.values() for line in billable.lines]
    parties = _by_id(uow.load(Party, [b.party_id for b in fresh.values()], Party.addresses))
    products = _by_id(uow.load(Product, {line.product_id for line in lines}))
    taxes = _by_id(uow.load(Tax, {tax for line in lines for tax in line.tax_ids[:1]}))
    rounding = uow.setting(TAX_ROUNDING)
    drafted = []
    for key, billable in fresh.items():
        invoice = _draft(uow, billable, parties[billable.party_id], products)
        invoice.source_key = key
        set_taxes(uow, invoice, taxes, rounding)
        invoice.open = ZERO
        drafted.append(invoice)
    uow.add(*drafted)
    for invoice, billable in zip(drafted, fresh.values(), strict=True):
        uow.link(billable.source, invoice, "invoice")
        if billable.goods is not None:
            uow.link(billable.goods, invoice, "invoice")
    uow.publish([drafted_event(invoice) for invoice in drafted])
    return drafted


def set_taxes(uow: UnitOfWork, invoice: Invoice, taxes: Mapping[int, Tax], rounding: str) -> None:
    """Add the lines up; the taxes stand below, each on its account."""
    rows = [
        InvoiceTax(
            position=position,
            tax_id=told.tax_id,
            account_id=tax_account(uow, invoice.company_id, invoice.to_customer, told.tax_id),
            base=told.base,
            amount=told.amount,
        )
        for position, told in enumerate(add_up(invoice, taxes, rounding).values())
    ]
    # On an invoice that is stored already, new rows must not slip into the session by themselves.
    set_committed_value(invoice, "taxes", rows)


def drafted_event(invoice: Invoice) -> InvoiceDrafted:
    """That a draft stands for these lines; a credit note's are negative."""
    return InvoiceDrafted(
        invoice=ref(invoice),
        source=invoice_source(invoice),
        company_id=invoice.company_id,
        lines=billed_lines(invoice),
    )


def billed_lines(invoice: Invoice) -> tuple[BilledLine, ...]:
    """What the invoice bills, seen from its source: a credit takes back."""
    sign = -1 if invoice.kind in {"customer_credit", "supplier_credit"} else 1
    return tuple(
        BilledLine(
            source_line_id=line.source_line_id,
            product_id=line.product_id,
            quantity=sign * line.quantity,
            amount=sign * line.untaxed,
        )
        for line in invoice.lines
    )


def _not_yet_drafted(uow: UnitOfWork, billables: Sequence[Billable]) -> dict[str, Billable]:
    keyed = {billable.key: billable for billable in billables}
    known = set(
        uow.look(select(Invoice.source_key).where(Invoice.source_key.in_(list(keyed)))).scalars()
    )
    return {key: billable for key, billable in keyed.items() if key not in known}


def _draft(
    uow: UnitOfWork, billable: Billable, party: Party, products: Mapping[int, Product]
) -> Invoice:
    credit = sum((line.amount for line in billable.lines), ZERO) < 0
    sign = -1 if credit else 1
    address = party.address_for("invoice")
    invoice = Invoice(
        company_id=billable.company_id,
        kind=billable.kinds[credit],
        party_id=billable.party_id,
        party_name=party.name,
        party_tax_number=party.tax_number,
        party_address=str(address) if address else None,
        state="draft",
        issued_on=billable.on,
        currency=billable.currency,
        company_currency=currency_of(uow, billable.company_id),
        payment_term_id=billable.payment_term_id,
        reference=billable.reference[:120] or None,
        source_kind=billable.source.kind,
        source_id=billable.source.id,
        journal_id=None,
        account_id=None,
        lines=[
            invoice_line(uow, billable, line, products[line.product_id], sign)
            for line in billable.lines
        ],
    )
    prepare(uow, invoice)
    return invoice


def invoice_source(invoice: Invoice) -> DocumentRef | None:
    """The document it bills."""
    if invoice.source_kind is None or invoice.source_id is None:
        return None
    return DocumentRef(invoice.source_kind, invoice.source_id)


def _by_id(rows: Sequence[Any]) -> dict[int, Any]:
    return {row.id: row for row in rows}
