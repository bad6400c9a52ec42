"""The one clock of the house, so that tests and migrations can set it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

_fixed: ContextVar[dt.datetime | None] = ContextVar("fixed_clock", default=None)
_zone: ContextVar[str] = ContextVar("zone", default="UTC")


def now() -> dt.datetime:
    """This moment, in UTC."""
    return _fixed.get() or dt.datetime.now(dt.UTC)


def zone() -> ZoneInfo:
    """Where whoever asks now is."""
    return ZoneInfo(_zone.get())


def today() -> dt.date:
    """The date where whoever asks now is."""
    return now().astimezone(zone()).date()


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let the clock stand at this moment inside the block."""
    token = _fixed.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


@contextmanager
def within(timezone: str) -> Iterator[None]:
    """Read the clock as people of this time zone do inside the block."""
    token = _zone.set(timezone)
    try:
        yield
    finally:
        _zone.reset(token)
