"""The stock rows of one batch of moves, locked in one order, and taking from them or putting on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from dougong import ZERO, Refused, UnitOfWork, _
from dougong_inventory.moves.facts import ProductFacts
from dougong_inventory.stock.models import STOCK_KEY, Stock

Key = tuple[int, int, int, int]


class NotEnoughStock(Refused):
    """More is wanted than lies free."""

    def __init__(self, product: str, there: Decimal) -> None:
        super().__init__(
            _(
                "There is not enough of %(product)s: %(there)s lie free at this place.",
                product=product,
                there=f"{there.normalize():f}",
            )
        )


class Shelves:
    """Some places with some products. Rows are locked in the order of their keys."""

    def __init__(
        self,
        uow: UnitOfWork,
        facts: Mapping[tuple[int, int], ProductFacts],
        keys: Collection[Key],
    ) -> None:
        self.uow, self.facts = uow, facts
        self.rows: dict[Key, Stock] = uow.lock(STOCK_KEY, keys)

    def on_hand(self, key: Key) -> Decimal:
        """What lies there."""
        row = self.rows.get(key)
        return row.on_hand if row else ZERO

    def put(self, key: Key, quantity: Decimal) -> None:
        """Goods arrive at a place."""
        row = self.rows.get(key)
        if row is not None:
            row.on_hand += quantity
            return
        company_id, product_id, location_id, lot_id = key
        names = {
            "company_id": company_id,
            "product_id": product_id,
            "location_id": location_id,
            "lot_id": lot_id,
        }
        self.uow.accumulate(Stock, names, on_hand=quantity, reserved=ZERO)

    def take(self, key: Key, quantity: Decimal, *, reserved: Decimal = ZERO) -> None:
        """Goods leave a place; ``reserved`` of them were put aside for this very purpose."""
        row = self.rows.get(key)
        free = row.free + reserved if row else ZERO
        if row is None or quantity > free:
            raise NotEnoughStock(self.facts[key[:2]].code, free)
        row.on_hand -= quantity
        row.reserved -= reserved
