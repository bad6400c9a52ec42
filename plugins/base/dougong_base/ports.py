"""Questions departments ask each other. Whoever is not there leaves the asker its neutral answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from dougong.events import DocumentRef


class StockAvailability(Protocol):
    """What lies in the warehouses. Its absence means that nobody counts or ships goods."""

    def free(
        self, product_ids: Collection[int], *, warehouse_id: int | None = None
    ) -> Mapping[int, Decimal]:
        """How much of each product is there and promised to nobody, in its own unit."""
        ...

    def on_hand(
        self, product_ids: Collection[int], *, at: dt.date | None = None
    ) -> Mapping[int, Decimal]:
        """How much of each product lies in the house, now or at the end of a day."""
        ...


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
class Demand:
    """A need of a product at a date, and what asks for it."""

    product_id: int
    on: dt.date
    quantity: Decimal
    source: DocumentRef | None


class DemandForecast(Protocol):
    """What customers will want. Its absence means no forecast."""

    def between(
        self, product_ids: Collection[int], start: dt.date, end: dt.date
    ) -> Sequence[Demand]:
        """Expected needs of these products."""
        ...


class DeliveryDates(Protocol):
    """When goods can be there. Its absence leaves the lead time written on the product."""

    def earliest(self, wants: Sequence[tuple[int, Decimal]]) -> Mapping[int, dt.date | None]:
        """The day on which each product is there in that quantity; None when nobody can tell."""
        ...


class SalesPrices(Protocol):
    """What a customer pays. Its absence leaves the list price written on the product."""

    def of(
        self,
        product_ids: Collection[int],
        *,
        customer_id: int | None,
        quantity: Decimal,
        currency: str,
        on: dt.date,
    ) -> Mapping[int, Decimal]:
        """Price of one unit of each product."""
        ...
