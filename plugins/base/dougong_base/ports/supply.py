"""Where goods come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from dougong_base.ports.stock import Movement


class PurchasesUnderway(Protocol):
    """What is to be bought but is not expected at a warehouse yet. Its absence means nothing is."""

    def between(
        self, product_ids: Collection[int] | None, start: dt.date, end: dt.date
    ) -> Sequence[Movement]:
        """Requests and orders that no receipt stands for, of all products when None."""
        ...


class ProductionUnderway(Protocol):
    """What is being made, and what that still takes. Its absence means that nobody makes anything."""

    def between(
        self, product_ids: Collection[int] | None, start: dt.date, end: dt.date
    ) -> Sequence[Movement]:
        """Goods to come out of production orders, and material (negative) still to go in."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """What a supplier asks for a product, and how long he takes."""

    supplier_id: int
    #: For one unit, in ``currency``.
    price: Decimal
    currency: str
    lead_days: int
    minimum: Decimal
    #: It is sold by so many at a time; zero: in any quantity.
    multiple: Decimal = Decimal(0)


class SupplierOffers(Protocol):
    """Where to buy. Its absence leaves the suppliers written on the product."""

    def best(self, wants: Sequence[tuple[int, Decimal]], *, on: dt.date) -> Mapping[int, Offer]:
        """The preferred offer for each product in that quantity; products nobody offers are missing."""
        ...
