"""The numbers and dates of this request, bound once: they are read hundreds of times a page."""

from __future__ import annotations

from zoneinfo import available_timezones

from flask import g

from dougong.resources.formats import Formats, formats

_ZONES = available_timezones()


def bind_formats() -> None:
    """Make ``g.fmt`` for the language and time zone of whoever asks."""
    zone = g.actor.timezone if g.get("actor") is not None else "UTC"
    g.fmt = formats(g.language, zone if zone in _ZONES else "UTC")


def fmt() -> Formats:
    """The formats of this request."""
    if "fmt" not in g:
        bind_formats()
    found: Formats = g.fmt
    return found
