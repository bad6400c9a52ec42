"""Quantities no finer than their unit is counted: marked on columns, asked wherever rows are written.

A model says ``quantity: Mapped[Decimal] = counted_in("product_id")`` and needs no check of its own:
`keep_digits` is asked at each writing, and `Counted` is the same rule as a trigger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy.orm import MappedColumn, mapped_column

from dougong import Quantity

#: Marks columns whose quantities are in a unit; the value is the attribute that tells it.
MARK = "counted_in"


def counted_in(of: str, **options: Any) -> MappedColumn[Decimal]:
    """A column of quantities in the unit of a product (``product_id``) or in a unit (``unit_id``).

    No quantity in it may have more decimal places than the unit.
    """
    return mapped_column(Quantity, info={MARK: of}, **options)


def rounded_up(quantity: Decimal, digits: int) -> Decimal:
    """A need in whole steps of its unit: never less than is needed."""
    return quantity.quantize(Decimal(1).scaleb(-digits), ROUND_CEILING)


def rounded_down(quantity: Decimal, digits: int) -> Decimal:
    """What is promised in whole steps of its unit: never more than there is."""
    return quantity.quantize(Decimal(1).scaleb(-digits), ROUND_FLOOR)


def rounded_off(quantity: Decimal, digits: int) -> Decimal:
    """The nearest quantity that its unit can tell, halves away from zero."""
    return quantity.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def stepwise(needs: Iterable[Decimal], digits: int) -> Iterator[Decimal]:
    """Needs of one period after another in whole steps of their unit, never too late.

    What rounding up asked for too early is left out later: at each moment the sum is the sum of
    the needs so far, rounded up, and so is the sum of all.
    """
    wanted = told = Decimal(0)
    for need in needs:
        wanted += need
        part = rounded_up(wanted, digits) - told
        told += part
        yield part
