"""What hangs on a new document: its lines get its id, and it gets the ids of what it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import inspect
from sqlalchemy.orm import RelationshipDirection


class Hanger(NamedTuple):
    """One relationship of a model: the attribute, where the key goes, whether it is a list."""

    name: str
    local: str
    remote: str
    many: bool
    upward: bool
    ordered: bool


@cache
def hangers(model: type[Any]) -> tuple[Hanger, ...]:
    """The relationships of a model that one column pair makes."""
    found = []
    for relation in inspect(model).relationships:
        if (
            relation.viewonly
            or len(relation.local_remote_pairs) != 1
            or relation.secondary is not None
        ):
            continue
        ((local, remote),) = relation.local_remote_pairs
        found.append(
            Hanger(
                relation.key,
                relation.parent.get_property_by_column(local).key,
                relation.mapper.get_property_by_column(remote).key,
                bool(relation.uselist),
                relation.direction is RelationshipDirection.MANYTOONE,
                "position" in relation.mapper.column_attrs,
            )
        )
    return tuple(found)


def adopt(row: Any) -> Iterator[Any]:
    """Settle the keys between a row and what was set on its relationships; yields its children."""
    values = row.__dict__
    for hanger in hangers(type(row)):  # type: ignore[arg-type]
        held = values.get(hanger.name)
        if held is None:
            continue
        if hanger.upward:
            if values.get(hanger.local) is None:
                values[hanger.local] = held.__dict__[hanger.remote]
            continue
        for position, child in enumerate(held if hanger.many else (held,)):
            child.__dict__[hanger.remote] = values[hanger.local]
            if hanger.ordered and child.__dict__.get("position") is None:
                child.__dict__["position"] = position
            yield child
