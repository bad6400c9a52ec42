"""Field types: each knows its control, its text in and out, its operators and its schema."""

from dougong.resources.fields.base import Field, Text
from dougong.resources.fields.choices import Choice, Flag
from dougong.resources.fields.dates import Day
from dougong.resources.fields.infer import infer
from dougong.resources.fields.links import Link
from dougong.resources.fields.numbers import Money, Number
from dougong.resources.fields.words import Long

__all__ = [
    "Choice", "Day", "Field", "Flag", "Link", "Long", "Money", "Number", "Text", "infer",
]  # fmt: skip
