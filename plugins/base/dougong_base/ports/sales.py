"""What customers pay, and what sending costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


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


@dataclass(frozen=True, slots=True)
class FreightQuote:
    """What a carrier's service asks for a shipment, and how long it takes."""

    carrier_id: int
    service: str
    price: Decimal
    currency: str
    days: int


class FreightRates(Protocol):
    """What it costs to send goods. Its absence means that nobody knows."""

    def quotes(
        self,
        lines: Sequence[tuple[int, Decimal]],
        *,
        address_id: int,
        amount: Decimal,
        on: dt.date,
    ) -> Sequence[FreightQuote]:
        """The services that take these products to that address, the cheapest first."""
        ...
