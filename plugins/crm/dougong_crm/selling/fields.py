"""The words and field types that quotes and orders share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Lines, Long, Money, Number, Section
from dougong_base import CURRENCY_CHOICES

PRICED_FIELDS: dict[str, Field] = {
    "customer": Field(label=_("Customer"), begin={"is_customer": True}),
    "currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES, required=False),
    "payment_term": Field(label=_("Payment term")),
    "reference": Field(label=_("Their reference")),
    "discount": Number(
        label=_("Discount %"), least=0, most=100, help=_("For all lines; a line may differ.")
    ),
    "untaxed": Money(label=_("Without tax")),
    "tax_total": Money(label=_("Tax")),
    "total": Money(label=_("Total")),
    "margin": Money(label=_("Margin")),
    "note": Long(label=_("Note")),
    "lines.description": Field(label=_("Description"), required=False),
    "lines.quantity": Number(label=_("Quantity"), least=0),
    "lines.unit": Field(label=_("Unit"), required=False),
    "lines.price": Number(label=_("Price"), least=0),
    "lines.discount": Number(label=_("Discount %"), least=0, most=100),
    "lines.tax": Field(label=_("Tax")),
    "lines.amount": Money(label=_("Amount")),
}
PRICED_DERIVED = ["number", "untaxed", "tax_total", "total", "margin", "lines.amount"]
PRICED_LINE = (
    "product", "description", "quantity", "unit", "price", "discount", "tax", "amount",
)  # fmt: skip


def priced_lines(*more: str) -> Lines:
    """The table of lines; ``more`` columns stand at its end."""
    return Lines("lines", *PRICED_LINE, *more, title=_("Lines"), totals=["amount"])


def totals_section() -> Section:
    """What it comes to, beside the lines."""
    return Section("untaxed", "tax_total", "total", "margin", title=_("Totals"), side=True)


def start_selling(actor: Any) -> Mapping[str, Any]:
    """Whoever enters it looks after it."""
    return {"salesperson": actor.user_id}
