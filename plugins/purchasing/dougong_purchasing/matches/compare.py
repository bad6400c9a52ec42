"""A bill's line beside order and receipt: arithmetic, no database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dougong import ZERO
from dougong_purchasing.matches.differing import Difference

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Tolerance:
    """How far a bill may differ before it is held."""

    #: Of quantities, as a part of one.
    quantity: Decimal
    #: Of prices, as a part of one; what a line differs by in all may be up to ``amount`` anyhow.
    price: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Agreed:
    """What the order says of a line, what has come, and what other bills ask for it."""

    name: str
    ordered: Decimal
    #: None where nobody counts goods, or it is billed on order.
    received: Decimal | None
    elsewhere: Decimal
    price: Decimal
    discount: Decimal


def difference(
    agreed: Agreed, quantity: Decimal, price: Decimal, discount: Decimal, tolerance: Tolerance
) -> Difference | None:
    """What differs too far, or None."""
    asked = agreed.elsewhere + quantity
    most = 1 + tolerance.quantity
    if agreed.received is not None and asked > max(agreed.received, ZERO) * most:
        return Difference("received", agreed.name, asked, agreed.received)
    if asked > max(agreed.ordered, ZERO) * most:
        return Difference("ordered", agreed.name, asked, agreed.ordered)
    paid, owed = net(price, discount), net(agreed.price, agreed.discount)
    dearer = paid - owed
    if dearer > owed * tolerance.price and dearer * quantity > tolerance.amount:
        return Difference("price", agreed.name, paid, owed)
    return None


def net(price: Decimal, discount: Decimal) -> Decimal:
    """A price less its discount in percent."""
    return price * (HUNDRED - discount) / HUNDRED
