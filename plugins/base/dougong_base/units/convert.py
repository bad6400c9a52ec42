"""Quantities from one unit to another, exactly or not at all."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from dougong import Refused, _


class Measure(Protocol):
    """What a conversion needs to know of a unit."""

    code: str
    family: str
    factor: Decimal
    digits: int


class CannotConvert(Refused):
    """The two units measure different things, or the result would have to be rounded."""


def convert(quantity: Decimal, start: Measure, end: Measure) -> Decimal:
    """The same quantity in another unit of the family, with no more digits than that unit has.

    Raises `CannotConvert` where it would have to be rounded.
    """
    if start.code == end.code:
        return quantity
    if start.family != end.family:
        raise CannotConvert(
            _("%(start)s cannot be converted to %(end)s.", start=start.code, end=end.code)
        )
    exact = Fraction(quantity) * Fraction(start.factor) / Fraction(end.factor)
    whole = exact * 10**end.digits
    if whole.denominator != 1:
        raise CannotConvert(
            _(
                "%(quantity)s %(start)s is no exact quantity of %(end)s. Enter it in %(start)s.",
                quantity=f"{quantity.normalize():f}",
                start=start.code,
                end=end.code,
            )
        )
    return Decimal(whole.numerator).scaleb(-end.digits).normalize() + Decimal(0)
