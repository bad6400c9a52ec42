"""What somebody has to look at first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Literal, Protocol


class GoodsToInspect(Protocol):
    """What is kept apart until it has been inspected. Its absence means that all goods are free at once."""

    def apart(
        self,
        stage: Literal["receipt", "final"],
        company_id: int,
        product_ids: Collection[int],
        *,
        party_id: int | None = None,
    ) -> Collection[int]:
        """Those of these products that wait: on receipt from that supplier, or out of production."""
        ...


class RefusedGoods(Protocol):
    """What inspections have refused. Its absence means that only what is sent back counts as bad."""

    def of(self, supplier_id: int, start: dt.date, end: dt.date) -> Decimal:
        """How much of that supplier's goods was refused between two days, both included."""
        ...
