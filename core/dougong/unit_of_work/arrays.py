"""A column of values as PostgreSQL reads an array: one text, which costs the driver nothing to send.

The driver would look at each list and each of its elements to find out what they are; here the
statement says it (``%s::bigint[]``), and the database reads each element as that type.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


#: How a value of exactly this type is said.
_WORDS: dict[type[Any], Callable[[Any], str]] = {
    type(None): lambda _value: "NULL",
    int: str,
    Decimal: str,
    bool: lambda value: "t" if value else "f",
    str: _quoted,
    dt.date: dt.date.isoformat,
    dt.datetime: dt.datetime.isoformat,
}


def as_array(values: Sequence[Any]) -> str | list[Any]:
    """The values as one text; as they are where one of them is of a kind only the driver knows."""
    try:
        return "{" + ",".join([_WORDS[type(value)](value) for value in values]) + "}"
    except KeyError:
        return list(values)
