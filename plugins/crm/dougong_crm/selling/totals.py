"""What lines and documents come to: arithmetic, no database."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dougong import ZERO, rounded
from dougong_base import TaxableLine, compute_taxes

HUNDRED = Decimal(100)


def gross(line: Any, currency: str) -> Decimal:
    """Quantity times price less discount, as it was agreed."""
    price = (line.quantity or ZERO) * (line.price or ZERO)
    return rounded(price * (HUNDRED - (line.discount or ZERO)) / HUNDRED, currency)


def settle(document: Any, taxes: Mapping[int, Any], rounding: Any = "document") -> None:
    """Set the amounts of the lines and the totals of a quote or an order."""
    currency = document.currency
    taxed = compute_taxes(
        [
            TaxableLine(gross(line, currency), line.tax_id, line.own_quantity or ZERO)
            for line in document.lines
        ],
        taxes,
        currency,
        rounding,
    )
    earned = ZERO
    for line, result in zip(document.lines, taxed.lines, strict=True):
        line.amount = result.untaxed
        earned += result.untaxed - (line.cost or ZERO) * (line.own_quantity or ZERO)
    document.untaxed, document.tax_total = taxed.untaxed, taxed.tax
    document.total = taxed.total
    document.margin = rounded(earned, currency)
