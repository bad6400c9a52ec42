"""The field type that a column implies."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer
from sqlalchemy import Text as LongText

from dougong.resources.fields.base import Field, Text
from dougong.resources.fields.choices import Flag
from dougong.resources.fields.dates import Day
from dougong.resources.fields.numbers import Money, Number
from dougong.resources.fields.words import Long, SealedText
from dougong.sealing import Sealed
from dougong.types import Amount, Exact, Moment


def infer(column: Any) -> Field:
    """An amount of money for `Amount`, a number for other exact columns, and so on."""
    kind = column.type
    if isinstance(kind, Sealed):
        return SealedText()
    if isinstance(kind, Boolean):
        return Flag()
    if isinstance(kind, Date | Moment):
        return Day()
    if isinstance(kind, Exact):
        return Money() if kind.digits == Amount.digits else Number()
    if isinstance(kind, Integer):
        return Number()
    if isinstance(kind, LongText):
        return Long()
    if isinstance(kind, JSON):
        return Text(readonly=True)
    return Text()
