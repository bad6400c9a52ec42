"""In which quantities suppliers sell, and how a quantity is shared among them: arithmetic only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from dougong import ZERO
from dougong_base.ports import Offer

ONE = Decimal(1)


@dataclass(frozen=True)
class Ranked:
    """An offer and how much we like it; the smaller, the more."""

    offer: Offer
    priority: int

    def reaches(self, quantity: Decimal) -> bool:
        """Whether so much is enough for this price."""
        return quantity >= self.offer.minimum


@dataclass(frozen=True)
class Source:
    """So much is bought there."""

    offer: Offer
    quantity: Decimal


@dataclass(frozen=True)
class Share:
    """A supplier's part of what is bought of a product, and what he got of it so far."""

    part: Decimal
    had: Decimal
    offer: Offer


def lot(quantity: Decimal, minimum: Decimal, multiple: Decimal) -> Decimal:
    """The least that can be ordered and is enough."""
    wanted = max(quantity, minimum)
    if multiple <= 0:
        return wanted
    return (wanted / multiple).to_integral_value(ROUND_CEILING) * multiple


def share_out(quantity: Decimal, shares: Sequence[Share]) -> list[Decimal]:
    """How much each gets, so that all bought so far comes nearest to the agreed parts.

    What is due to a supplier is his part of everything, this quantity included, less what he had.
    Who is owed most comes first and gets whole lots; the last takes what is left.
    """
    whole = sum((share.part for share in shares), ZERO)
    total = sum((share.had for share in shares), ZERO) + quantity
    due = [max(share.part * total / whole - share.had, ZERO) for share in shares]
    scale = quantity / sum(due, ZERO)
    step = ONE if quantity == quantity.to_integral_value() else ZERO
    left, got = quantity, [ZERO] * len(shares)
    for n in sorted(range(len(shares)), key=lambda n: (-due[n], n)):
        if left <= 0:
            break
        offer = shares[n].offer
        part = min(lot(due[n] * scale, ZERO, step), left)
        got[n] = lot(part, offer.minimum, offer.multiple) if part else ZERO
        left -= got[n]
    return got
