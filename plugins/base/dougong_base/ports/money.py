"""What is owed, what stands in the books, what goods cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Standing:
    """What a customer owes, what of it is late, in the company's currency."""

    open: Decimal
    overdue: Decimal


class CreditStanding(Protocol):
    """How customers stand with us. Its absence means that nobody knows of debts."""

    def of(self, party_ids: Collection[int]) -> Mapping[int, Standing]:
        """The standing of each customer."""
        ...


class LedgerBalance(Protocol):
    """What stands in the books. Its absence means that nobody keeps any."""

    def of(self, purpose: str, *, at: dt.date | None = None) -> Decimal:
        """Debits less credits on the accounts that serve a purpose (``stock``), now or after a day.

        Whoever counts the same thing (the value of stock) compares it with its own figure.
        """
        ...


class ProductCost(Protocol):
    """What goods cost us. Its absence leaves the cost price written on the product."""

    def of(
        self, product_ids: Collection[int], *, on: dt.date | None = None
    ) -> Mapping[int, Decimal]:
        """Cost of one unit of each product, in the company's currency."""
        ...


@dataclass(frozen=True, slots=True)
class BillLine:
    """One thing a bill asks money for; ``source_line_id`` is the line of the order it bills."""

    source_line_id: int | None
    description: str
    quantity: Decimal
    price: Decimal
    #: In percent.
    discount: Decimal


@dataclass(frozen=True, slots=True)
class SupplierBill:
    """A supplier's bill as it is now; the amount is without tax, in its currency."""

    id: int
    kind: str
    state: str
    number: str
    reference: str
    source_kind: str
    source_id: int
    currency: str
    untaxed: Decimal
    lines: tuple[BillLine, ...]


class SupplierBills(Protocol):
    """What suppliers ask for. Its absence means that nobody keeps bills."""

    def of(self, bill_ids: Collection[int]) -> Mapping[int, SupplierBill]:
        """The bills with these ids as they are now; those that are gone are missing."""
        ...
