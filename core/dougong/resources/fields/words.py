"""Words that take more than one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong.resources.fields.base import EQUALITY, Field, Operator


class Long(Field):
    """Several lines of words."""

    kind = "long"
    sortable = False

    def __init__(self, **options: Any) -> None:
        super().__init__(long=True, **options)


class SealedText(Field):
    """Words that the database keeps sealed: it can only tell whether there are any."""

    sortable = False
    operators: Mapping[str, Operator] = {"empty": EQUALITY["empty"]}
