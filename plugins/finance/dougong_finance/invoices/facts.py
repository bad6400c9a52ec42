"""What others are told of invoices that are in the books."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from dougong import ref
from dougong_base.events import InvoicePaid, InvoicePosted
from dougong_finance.invoices.drafting import billed_lines, invoice_source

if TYPE_CHECKING:
    from dougong_finance.invoices.models import Invoice


def posted_event(invoice: Invoice) -> InvoicePosted:
    """That it is in the books; a credit note's amounts are negative."""
    sign = -1 if invoice.kind in {"customer_credit", "supplier_credit"} else 1
    return InvoicePosted(
        invoice=ref(invoice),
        number=invoice.number or "",
        kind=invoice.kind,
        source=invoice_source(invoice),
        company_id=invoice.company_id,
        party_id=invoice.party_id,
        on=invoice.issued_on,
        due_on=invoice.due_on or invoice.issued_on,
        currency=invoice.currency,
        untaxed=sign * invoice.untaxed,
        total=sign * invoice.total,
        lines=billed_lines(invoice),
    )


def paid_event(invoice: Invoice, on: dt.date) -> InvoicePaid:
    """That nothing of it is open any more."""
    return InvoicePaid(
        invoice=ref(invoice),
        source=invoice_source(invoice),
        company_id=invoice.company_id,
        party_id=invoice.party_id,
        on=on,
        total=invoice.total,
    )
