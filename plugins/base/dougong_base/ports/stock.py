"""What lies in the warehouses, and what will."""

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


class StockApart(Protocol):
    """What lies in a quarantine. Its absence means that nobody keeps goods apart."""

    def apart(self, product_ids: Collection[int] | None = None) -> Mapping[int, Decimal]:
        """How much of each product is in the house and may not be used, of all products when None."""
        ...


@dataclass(frozen=True, slots=True)
class Movement:
    """Goods that are to come (positive) or go (negative) on a day, and what they come or go with."""

    product_id: int
    on: dt.date
    quantity: Decimal
    #: The receipt, delivery, purchase or production order.
    document: DocumentRef
    #: What asked for it: the customer's order of a delivery.
    source: DocumentRef | None = None
    #: Other movements of smaller rank wait for it; 0 is served first.
    priority: int = 0
    #: Where they come to or go from, if that is known.
    warehouse_id: int | None = None


class StockOutlook(Protocol):
    """What will come to the warehouses and leave them. Its absence means that nobody counts goods."""

    def between(
        self, product_ids: Collection[int] | None, start: dt.date, end: dt.date
    ) -> Sequence[Movement]:
        """Expected receipts and open deliveries, of all products when None; late ones on ``start``."""
        ...
