"""Amounts, taxes and totals of invoices, from their lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dougong import ZERO
from dougong_base import Tax, TaxableLine, compute_taxes
from dougong_finance.invoices.models import Invoice

if TYPE_CHECKING:
    from dougong_base import LineTax


def add_up(
    invoice: Invoice, taxes: Mapping[int, Tax], rounding: str = "document"
) -> dict[int, LineTax]:
    """Set amounts and totals; returns what each tax comes to."""
    for line in invoice.lines:
        line.amount = line.worth(invoice.currency)
    taxed = compute_taxes(
        [TaxableLine(line.amount, line.tax_id, line.quantity or ZERO) for line in invoice.lines],
        taxes,
        invoice.currency,
        "line" if rounding == "line" else "document",
    )
    for line, told in zip(invoice.lines, taxed.lines, strict=True):
        line.untaxed = told.untaxed
    invoice.untaxed, invoice.tax, invoice.total = taxed.untaxed, taxed.tax, taxed.total
    return taxed.taxes
