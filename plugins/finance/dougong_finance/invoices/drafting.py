"""Drafting invoices for what other departments say is billable."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from dougong import ZERO, DocumentRef, ref
from dougong_base import Party, Product, Tax
from dougong_base.events import BilledLine, InvoiceDrafted, SaleBillable
from dougong_finance.company import currency_of
from dougong_finance.invoices.accounts import line_account, prepare, tax_account
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine, InvoiceTax
from dougong_finance.invoices.totals import add_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dougong import UnitOfWork

#: How tax is rounded: once a document, or line by line.
TAX_ROUNDING = "base.tax_rounding"


def draft_invoices(uow: UnitOfWork, events: Sequence[SaleBillable]) -> list[Invoice]:
    """Prepare what customers will owe; what already has its draft or invoice gets no second one."""
    fresh = _not_yet_drafted(uow, events)
    if not fresh:
        return []
    lines = [line for event in fresh.values() for line in event.lines]
    parties = _by_id(uow.load(Party, [e.customer_id for e in fresh.values()], Party.addresses))
    products = _by_id(uow.load(Product, {line.product_id for line in lines}))
    taxes = _by_id(uow.load(Tax, {tax for line in lines for tax in line.tax_ids[:1]}))
    rounding = uow.setting(TAX_ROUNDING)
    drafted = []
    for key, event in fresh.items():
        invoice = _draft(uow, event, parties[event.customer_id], products)
        invoice.source_key = key
        set_taxes(uow, invoice, taxes, rounding)
        invoice.open = ZERO
        drafted.append(invoice)
    uow.add(*drafted)
    for invoice, event in zip(drafted, fresh.values(), strict=True):
        uow.link(event.source, invoice, "invoice")
        if event.delivery is not None:
            uow.link(event.delivery, invoice, "invoice")
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


def _not_yet_drafted(uow: UnitOfWork, events: Sequence[SaleBillable]) -> dict[str, SaleBillable]:
    keyed = {_key(event): event for event in events if event.lines}
    known = set(
        uow.look(select(Invoice.source_key).where(Invoice.source_key.in_(list(keyed)))).scalars()
    )
    return {key: event for key, event in keyed.items() if key not in known}


def _key(event: SaleBillable) -> str:
    """The same source, delivery and lines are billed once."""
    told = sorted((line.line_id, str(line.quantity.normalize())) for line in event.lines)
    digest = hashlib.sha256(repr((told, None if event.delivery else event.on)).encode()).hexdigest()
    parts = (event.source, event.delivery) if event.delivery else (event.source,)
    return "/".join([*(f"{kind}:{id}" for kind, id in parts), digest[:24]])


def _draft(
    uow: UnitOfWork, event: SaleBillable, party: Party, products: Mapping[int, Product]
) -> Invoice:
    credit = sum((line.amount for line in event.lines), ZERO) < 0
    sign = -1 if credit else 1
    address = party.address_for("invoice")
    invoice = Invoice(
        company_id=event.company_id,
        kind="customer_credit" if credit else "customer_invoice",
        party_id=event.customer_id,
        party_name=party.name,
        party_tax_number=party.tax_number,
        party_address=str(address) if address else None,
        state="draft",
        issued_on=event.on,
        currency=event.currency,
        company_currency=currency_of(uow, event.company_id),
        payment_term_id=event.payment_term_id,
        reference=event.reference[:120] or None,
        source_kind=event.source.kind,
        source_id=event.source.id,
        journal_id=None,
        account_id=None,
        lines=[
            InvoiceLine(
                product_id=line.product_id,
                description=(line.description or products[line.product_id].name)[:300],
                account_id=line_account(uow, event.company_id, True, products[line.product_id]),
                quantity=sign * line.quantity,
                price=line.price,
                discount=line.discount,
                tax_id=line.tax_ids[0] if line.tax_ids else None,
                source_line_id=line.line_id,
            )
            for line in event.lines
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
