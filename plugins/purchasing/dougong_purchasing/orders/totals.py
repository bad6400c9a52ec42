"""What lines and orders come to: arithmetic, no database."""

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


def settle(order: Any, taxes: Mapping[int, Any], rounding: Any = "document") -> None:
    """Set the amounts of the lines and the totals of the order."""
    currency = order.currency
    taxed = compute_taxes(
        [
            TaxableLine(gross(line, currency), line.tax_id, line.own_quantity or ZERO)
            for line in order.lines
        ],
        taxes,
        currency,
        rounding,
    )
    for line, result in zip(order.lines, taxed.lines, strict=True):
        line.amount = result.untaxed
    order.untaxed, order.tax_total, order.total = taxed.untaxed, taxed.tax, taxed.total
