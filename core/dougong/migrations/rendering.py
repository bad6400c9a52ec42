"""How a generated revision writes the house's own column types."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy.sql.type_api import TypeEngine

from dougong import types
from dougong.sealing import Sealed

#: Types that have a name at the door. ``Quantity`` and ``Price`` are alike; each is written by what it keeps.
_NAMED: list[tuple[Any, str]] = [(types.Json, "Json"), (types.Id, "Id")]


def render_item(kind: str, item: Any, context: Any) -> str | Literal[False]:
    """The Python expression for one of our types; False leaves it to Alembic."""
    if kind != "type" or not isinstance(item, TypeEngine):
        return False
    if isinstance(item, Sealed):
        # What is sealed is longer than the words, and its place is the model's business.
        return "sa.Text()"
    written = _written(item)
    if written is None:
        return False
    context.imports.add(f"from dougong.types import {written.split('(')[0]}")
    return written


def _written(item: TypeEngine[Any]) -> str | None:
    for known, name in _NAMED:
        if item is known or (
            type(item) is type(known) and item._variant_mapping and _same(item, known)
        ):
            return name
    if isinstance(item, types.Exact):
        return f"Exact({item.digits})"
    if isinstance(item, types.Moment):
        return "Moment()"
    return None


def _same(one: Any, other: Any) -> bool:
    return {k: repr(v) for k, v in one._variant_mapping.items()} == {
        k: repr(v) for k, v in other._variant_mapping.items()
    }
