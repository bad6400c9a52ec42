"""Words that take more than one line."""

from __future__ import annotations

from typing import Any

from dougong.resources.fields.base import Field


class Long(Field):
    """Several lines of words."""

    kind = "long"
    sortable = False

    def __init__(self, **options: Any) -> None:
        super().__init__(long=True, **options)
