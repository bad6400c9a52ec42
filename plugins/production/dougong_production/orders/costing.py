"""What the goods that come out of an order are worth: actual cost so far, by share. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dougong import ZERO, rounded, split


def earned(cost: Decimal, covers: Decimal, made: Decimal, whole: Decimal) -> Decimal:
    """The part of a cost that goes with what is made.

    ``covers`` is for how many units it was spent: all issued material of an order for ten bears on
    ten; what was backflushed for four bears on four. At the end everything is borne.
    """
    if made >= whole or covers <= made:
        return cost
    return cost * made / covers


def worth(
    spent: Iterable[tuple[Decimal, Decimal]],
    received: Decimal,
    made: Decimal,
    whole: Decimal,
    currency: str,
) -> Decimal:
    """What goes onto the shelves now: of each (cost, covers) its part, less what went before."""
    due = sum((earned(cost, covers, made, whole) for cost, covers in spent), ZERO)
    return max(rounded(due, currency) - received, ZERO)


def shares(amount: Decimal, by_products: list[Decimal], currency: str) -> list[Decimal]:
    """The amount over the product (first) and its by-products by their percentages, to the cent."""
    product = 100 - sum(by_products, ZERO)
    return split(amount, [product, *by_products], currency)
