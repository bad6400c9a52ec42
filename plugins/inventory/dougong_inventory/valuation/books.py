"""The value of stock while goods move: what comes in adds, what goes out takes its cost along."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, UnitOfWork, rounded
from dougong_inventory.moves.facts import ProductFacts
from dougong_inventory.valuation.costing import average_cost, layered_cost
from dougong_inventory.valuation.models import VALUE_KEY, Layer, StockValue

Key = tuple[int, int]


class ValueBooks:
    """The locked value rows and open layers of some products, for one batch of moves."""

    def __init__(
        self,
        uow: UnitOfWork,
        facts: Mapping[Key, ProductFacts],
        keys: Collection[Key],
    ) -> None:
        self.uow, self.facts = uow, facts
        self.rows: dict[Key, StockValue] = uow.lock(VALUE_KEY, keys)
        self.layers: dict[Key, list[Layer]] = defaultdict(list)
        if any(row.quantity for row in self.rows.values()):
            self._find_layers(keys)

    def _find_layers(self, keys: Collection[Key]) -> None:
        open_ones = (
            select(Layer)
            .where(
                Layer.product_id.in_({product for _, product in keys}),
                Layer.company_id.in_({company for company, _ in keys}),
                Layer.left_quantity > 0,
            )
            .order_by(Layer.id)
        )
        for layer in self.uow.session.scalars(open_ones):
            self.layers[layer.company_id, layer.product_id].append(layer)

    def unit_cost(self, key: Key) -> Decimal:
        """What one more costs: today's average, or the cost price where there is none."""
        row = self.rows.get(key)
        if row is None or not row.quantity:
            return self.facts[key].cost_price
        return row.value / row.quantity

    def worth(self, key: Key, quantity: Decimal) -> Decimal:
        """What goods are worth that come in without a price: found in a count, returned."""
        return rounded(self.unit_cost(key) * quantity, self.facts[key].currency)

    def enter(self, key: Key, move_id: int, quantity: Decimal, value: Decimal, on: dt.date) -> None:
        """Goods came in."""
        row = self.rows.get(key)
        if row is None:
            names = {"company_id": key[0], "product_id": key[1]}
            self.uow.accumulate(StockValue, names, quantity=quantity, value=value)
        else:
            row.quantity += quantity
            row.value += value
        if self.facts[key].method == "fifo":
            layer = Layer(
                company_id=key[0],
                product_id=key[1],
                move_id=move_id,
                received_on=on,
                quantity=quantity,
                value=value,
                left_quantity=quantity,
                left_value=value,
            )
            self.uow.add(layer)
            self.layers[key].append(layer)

    def leave(self, key: Key, quantity: Decimal) -> Decimal:
        """Goods went out; returns what they cost."""
        row, facts = self.rows[key], self.facts[key]
        if facts.method == "fifo":
            cost = layered_cost(row, self.layers[key], quantity, facts.currency)
        else:
            cost = average_cost(row, quantity, facts.currency)
            self._forget_layers(key)
        row.quantity -= quantity
        row.value -= cost
        if not row.quantity:
            cost, row.value = cost + row.value, ZERO
        return cost

    def _forget_layers(self, key: Key) -> None:
        """The product was valued by layers once; now its average counts."""
        for layer in self.layers.pop(key, ()):
            layer.left_quantity = layer.left_value = ZERO
