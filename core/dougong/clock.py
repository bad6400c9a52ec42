"""The one clock of the house, so that tests and migrations can set it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_fixed: ContextVar[dt.datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> dt.datetime:
    """This moment, in UTC."""
    return _fixed.get() or dt.datetime.now(dt.UTC)


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let the clock stand at this moment inside the block."""
    token = _fixed.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
