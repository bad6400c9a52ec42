"""Load statements that are built once: by ids, by foreign key, by the keys to lock."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, bindparam, func, select, tuple_
from sqlalchemy.types import TypeEngine

from dougong.actors import Actor, RecordRule
from dougong.db import Owned
from dougong.types import Id


def one_of(column: Any, name: str, dialect: str, kind: TypeEngine[Any] | None = None) -> Any:
    """``column`` is one of ``:name``; on PostgreSQL an array, so that the text is the same for any number."""
    kind = kind or column.type
    if dialect == "postgresql":
        return column == func.any(bindparam(name, type_=ARRAY(kind)))
    return column.in_(bindparam(name, expanding=True, type_=kind))


@cache
def by_ids(model: type[Any], dialect: str, lock: bool) -> Any:
    """These documents, as far as they belong to the actor's companies."""
    statement = select(model).where(one_of(model.id, "ids", dialect, Id))
    if issubclass(model, Owned):
        statement = statement.where(one_of(model.company_id, "companies", dialect, Id))
    if lock:
        statement = statement.order_by(model.id).with_for_update()
    return statement


@cache
def by_parents(part: Any, dialect: str) -> tuple[Any, str, bool]:
    """The rows of a relationship for many documents; the key that tells them apart; whether it is a list."""
    relation = part.property
    ((_, remote),) = relation.local_remote_pairs
    target = relation.mapper.class_
    key = relation.mapper.get_property_by_column(remote).key
    statement = select(target).where(one_of(remote, "ids", dialect, Id))
    return statement.order_by(*_order(relation)), key, bool(relation.uselist)


@cache
def by_ids_with(model: type[Any], part: Any, dialect: str) -> Any:
    """These documents, each as often as it has rows of a relationship, with one of them; in their order."""
    relation = part.property
    ((local, remote),) = relation.local_remote_pairs
    target = relation.mapper.class_
    return (
        by_ids(model, dialect, lock=False)  # type: ignore[arg-type]
        .add_columns(target)
        .outerjoin(target, remote == local)
        .order_by(*_order(relation))
    )


def _order(relation: Any) -> Sequence[Any]:
    target = relation.mapper.class_
    return relation.order_by or ([target.id] if hasattr(target, "id") else [])


@cache
def by_targets(part: Any, dialect: str) -> tuple[Any, str, str]:
    """What many documents refer to; the referring key; the key referred to."""
    relation = part.property
    ((local, remote),) = relation.local_remote_pairs
    target = relation.mapper.class_
    statement = select(target).where(one_of(remote, "ids", dialect, remote.type))
    return (
        statement,
        relation.parent.get_property_by_column(local).key,
        relation.mapper.get_property_by_column(remote).key,
    )


@cache
def for_update(columns: tuple[Any, ...], dialect: str) -> Any:
    """The rows with these keys, locked in the order of the keys."""
    model = columns[0].class_
    if len(columns) == 1:
        where = one_of(columns[0], "keys", dialect)
    else:
        where = tuple_(*columns).in_(bindparam("keys", expanding=True))
    return select(model).where(where).order_by(*columns).with_for_update(of=model)


def conditions(model: type[Any], actor: Actor) -> Sequence[Any]:
    """What an actor's record rules ask of this model's rows."""
    rules: tuple[RecordRule, ...] = actor.rules.get(model, ())
    return [rule(model, actor) for rule in rules]
