"""What a document is known by: which numbers and words can be a key at all."""

from __future__ import annotations

from typing import Any

#: More digits than this may not fit 64 bits, and no house has given so many ids.
DIGITS = 16
MOST = 10**DIGITS - 1


def whole(text: str | None) -> int | None:
    """The number a text says; None when it can be no key."""
    if not text or not (text.isascii() and text.isdecimal() and len(text) <= DIGITS):
        return None
    return int(text)


def can_be_known_by(value: Any) -> bool:
    """Whether a database can be asked for this: a text, or a number that fits it."""
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) <= MOST
    return isinstance(value, str)
