"""Amounts of money, and what is counted more finely: one place that rounds, one that splits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_MILS = "BHD IQD JOD KWD LYD OMR TND"
#: ISO 4217 minor units where they are not two.
DIGITS = dict.fromkeys(_WHOLE.split(), 0) | dict.fromkeys(_MILS.split(), 3)
_UNITS = {digits: Decimal(1).scaleb(-digits) for digits in (0, 2, 3)}


def digits_of(currency: str) -> int:
    """How many decimal places amounts in this currency have (ISO 4217)."""
    return DIGITS.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """The amount in whole minor units of the currency, halves away from zero."""
    return amount.quantize(_UNITS[DIGITS.get(currency, 2)], ROUND_HALF_UP)


def rounded_to(number: Decimal, places: int = 6) -> Decimal:
    """A price, a quantity (six decimal places) or a rate (nine) as it is kept, halves away from zero."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def split(amount: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Share an amount out so that the parts add up to it again.

    The amount is in whole minor units. Each part is rounded; what rounding leaves over goes to the
    heaviest part, the first of equals.
    Raises ValueError when the weights sum to zero.
    """
    total = sum(weights, Decimal(0))
    if not total:
        raise ValueError("cannot split by weights that sum to zero")
    parts = [rounded(amount * weight / total, currency) for weight in weights]
    heaviest = max(range(len(parts)), key=lambda i: (abs(weights[i]), -i))
    parts[heaviest] += amount - sum(parts, Decimal(0))
    return parts


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, always in whole minor units."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", rounded(Decimal(self.amount), self.currency))

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        return self + -other

    def __str__(self) -> str:
        return f"{self.amount:,} {self.currency}"
