"""Events as JSON and back, for the outbox."""

from __future__ import annotations

import dataclasses
from typing import Any

import orjson
from pydantic import TypeAdapter

from dougong.events import Event
from dougong.unit_of_work.history import plain


def pack(event: Event) -> dict[str, Any]:
    """The event as JSON can say it; amounts stay exact."""
    fields = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    packed: dict[str, Any] = orjson.loads(orjson.dumps(fields, default=_plain))
    return packed


def _plain(value: Any) -> Any:
    # A reference to a document is a named tuple, which orjson does not write by itself.
    return list(value) if isinstance(value, tuple) else plain(value)


def unpack(kind: type[Event], payload: dict[str, Any]) -> Event:
    """The event again; raises ValueError when the class has changed shape."""
    return TypeAdapter(kind).validate_python(payload)
