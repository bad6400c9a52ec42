"""What leaves the stock costs: moving average, or the oldest layers first. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from dougong import ZERO, rounded


class Held(Protocol):
    """Quantity and value that something holds."""

    quantity: Decimal
    value: Decimal


class Remaining(Protocol):
    """A layer of cost that is being used up."""

    left_quantity: Decimal
    left_value: Decimal


def share(value: Decimal, quantity: Decimal, of: Decimal, currency: str) -> Decimal:
    """The value of a part; the whole takes all of it, so that nothing is left on nothing."""
    return value if quantity == of else rounded(value * quantity / of, currency)


def average_cost(held: Held, quantity: Decimal, currency: str) -> Decimal:
    """What a quantity costs at the average of all that is there."""
    return share(held.value, quantity, held.quantity, currency)


def layered_cost(
    held: Held, layers: Sequence[Remaining], quantity: Decimal, currency: str
) -> Decimal:
    """Use up the oldest layers and say what they cost; goods without a layer are the oldest.

    (Goods have no layer when they came in while the product was valued at its average.)
    """
    bare_quantity = held.quantity - sum((layer.left_quantity for layer in layers), ZERO)
    bare_value = held.value - sum((layer.left_value for layer in layers), ZERO)
    cost, wanted = ZERO, quantity
    if bare_quantity > 0:
        taken = min(wanted, bare_quantity)
        cost += share(bare_value, taken, bare_quantity, currency)
        wanted -= taken
    for layer in layers:
        if not wanted:
            break
        taken = min(wanted, layer.left_quantity)
        part = share(layer.left_value, taken, layer.left_quantity, currency)
        layer.left_quantity -= taken
        layer.left_value -= part
        cost += part
        wanted -= taken
    return cost
