"""What will be wanted, and when it can be there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from dougong.events import DocumentRef
from dougong_base.ports.stock import Movement


@dataclass(frozen=True, slots=True)
class Demand:
    """A need of a product at a date, and what asks for it."""

    product_id: int
    on: dt.date
    quantity: Decimal
    source: DocumentRef | None
    #: Where it will be wanted, if that is known.
    warehouse_id: int | None = None


class DemandForecast(Protocol):
    """What customers will want. Its absence means no forecast."""

    def between(
        self,
        product_ids: Collection[int],
        start: dt.date,
        end: dt.date,
        *,
        warehouse_id: int | None = None,
    ) -> Sequence[Demand]:
        """Expected needs of these products, of all warehouses or of one.

        Quantities have no more decimal places than the unit: a period's needs are rounded up, and
        what that was too much is left out of the next.
        """
        ...


@dataclass(frozen=True, slots=True)
class Sold:
    """How a product's orders stand where nobody counts goods: what is open, and since when."""

    #: The day on which the oldest order that is still open was confirmed.
    since: dt.date
    #: Of orders that are open, in the product's own unit.
    open: Decimal
    #: Of orders confirmed since then that are done.
    done: Decimal


class SalesUnderway(Protocol):
    """What customers have ordered and nobody has delivered. A plan asks it where nobody counts goods."""

    def between(
        self, product_ids: Collection[int] | None, start: dt.date, end: dt.date
    ) -> Sequence[Movement]:
        """Open lines of confirmed orders, negative, on their promised days; late ones on ``start``."""
        ...

    def sold(self, product_ids: Collection[int]) -> Mapping[int, Sold]:
        """How these products' orders stand; those of which nothing is open are missing."""
        ...


class DeliveryDates(Protocol):
    """When goods can be there. Its absence leaves the lead time written on the product."""

    def earliest(self, wants: Sequence[tuple[int, Decimal]]) -> Mapping[int, dt.date | None]:
        """The day on which each product is there in that quantity; None when nobody can tell."""
        ...
