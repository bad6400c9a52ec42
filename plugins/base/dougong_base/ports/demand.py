"""What will be wanted, and when it can be there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from dougong.events import DocumentRef


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


class DeliveryDates(Protocol):
    """When goods can be there. Its absence leaves the lead time written on the product."""

    def earliest(self, wants: Sequence[tuple[int, Decimal]]) -> Mapping[int, dt.date | None]:
        """The day on which each product is there in that quantity; None when nobody can tell."""
        ...
