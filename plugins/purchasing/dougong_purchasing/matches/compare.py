"""A bill's line beside order and receipt: arithmetic, no database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dougong import ZERO, Text, _

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
) -> Text | None:
    """The sentence that says what differs too far, or None."""
    asked = agreed.elsewhere + quantity
    most = 1 + tolerance.quantity
    if agreed.received is not None and asked > max(agreed.received, ZERO) * most:
        return _(
            "“%(line)s”: %(asked)s are billed, but only %(limit)s have come.",
            line=agreed.name,
            asked=plain(asked),
            limit=plain(agreed.received),
        )
    if asked > max(agreed.ordered, ZERO) * most:
        return _(
            "“%(line)s”: %(asked)s are billed, but only %(limit)s were ordered.",
            line=agreed.name,
            asked=plain(asked),
            limit=plain(agreed.ordered),
        )
    paid, owed = net(price, discount), net(agreed.price, agreed.discount)
    dearer = paid - owed
    if dearer > owed * tolerance.price and dearer * quantity > tolerance.amount:
        return _(
            "“%(line)s”: the bill asks %(paid)s apiece, the order says %(owed)s.",
            line=agreed.name,
            paid=plain(paid),
            owed=plain(owed),
        )
    return None


def net(price: Decimal, discount: Decimal) -> Decimal:
    """A price less its discount in percent."""
    return price * (HUNDRED - discount) / HUNDRED


def plain(number: Decimal) -> str:
    """Without needless zeros."""
    return f"{number.normalize():f}"
