"""Reversing a posted invoice: a credit note over all of it, settled with it at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong import ZERO
from dougong_finance.invoices.models import OPPOSITE, Invoice
from dougong_finance.invoices.parts import InvoiceLine, InvoiceTax
from dougong_finance.invoices.posting import enter_invoices
from dougong_finance.invoices.service import cancelled_event
from dougong_finance.invoices.settlement import carry_out
from dougong_finance.items.allocation import Spread
from dougong_finance.items.queries import items_of

if TYPE_CHECKING:
    from dougong import UnitOfWork


def reverse_invoices(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[Invoice]:
    """Take posted invoices back; returns their credit notes.

    What had already been paid stays open on the credit note: pay it back, or settle another
    invoice with it.
    """
    uow.require("finance.invoice.reverse")
    invoices = uow.load(Invoice, ids, Invoice.lines, Invoice.taxes, lock=True)
    opened = items_of(uow, [invoice.id for invoice in invoices])
    for invoice in invoices:
        invoice.reverse()
    day = on or uow.today
    notes = [_credit_note(invoice, day) for invoice in invoices]
    uow.add(*notes)
    plan = Spread()
    for invoice, items in zip(invoices, enter_invoices(uow, notes, None), strict=True):
        plan.over(opened.get(invoice.id, []), list(items.values()), invoice.open)
    carry_out(uow, plan, day, [*invoices, *notes])
    for invoice, note in zip(invoices, notes, strict=True):
        uow.link(invoice, note, "reversal")
    uow.publish([cancelled_event(invoice) for invoice in invoices])
    return notes


def _credit_note(invoice: Invoice, on: dt.date) -> Invoice:
    kept = (
        "company_id", "party_id", "party_name", "party_tax_number", "party_address", "currency",
        "company_currency", "untaxed", "tax", "total", "account_id", "journal_id", "reference",
    )  # fmt: skip
    same_line = (
        "position", "product_id", "description", "account_id", "quantity", "price", "discount",
        "tax_id", "amount", "untaxed",
    )  # fmt: skip
    same_tax = ("position", "tax_id", "account_id", "base", "amount")
    return Invoice(
        **{name: getattr(invoice, name) for name in kept},
        kind=OPPOSITE[invoice.kind],
        state="draft",
        open=ZERO,
        issued_on=on,
        due_on=on,
        reverses_id=invoice.id,
        lines=[InvoiceLine(**{n: getattr(line, n) for n in same_line}) for line in invoice.lines],
        taxes=[InvoiceTax(**{n: getattr(tax, n) for n in same_tax}) for tax in invoice.taxes],
    )
