"""What quotes and order confirmations have in common on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dougong.printing import Desk, Words
from dougong.printing.sheets import Part

#: What the customer sees of a line.
COLUMNS = ("description", "quantity", "unit", "price", "discount", "tax", "amount")


def priced_parts(desk: Desk, document: Any) -> Iterator[Part]:
    """The lines, what they come to, and the note."""
    yield desk.table(document, "lines", *COLUMNS)
    yield desk.sums(document, "untaxed", "tax_total", "total", currency=document.currency)
    if document.note:
        yield Words(document.note)


def closing(desk: Desk, document: Any) -> list[Part]:
    """The last words of the company, where it has some."""
    head = desk.head(document)
    return [Words(head.closing, soft=True)] if head is not None and head.closing else []
