"""A rule's filter as a condition: a closed list of operators over the model's own columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, inspect, not_, or_, select
from sqlalchemy.exc import NoInspectionAvailable

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.types import Moment

if TYPE_CHECKING:
    from dougong.actors import Actor, RecordRule

#: Filters deeper or longer than this are refused.
DEEPEST, LONGEST = 5, 50

OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": lambda column, value: column == value,
    "ne": lambda column, value: column != value,
    "lt": lambda column, value: column < value,
    "le": lambda column, value: column <= value,
    "gt": lambda column, value: column > value,
    "ge": lambda column, value: column >= value,
    "in": lambda column, value: column.in_(value),
    "empty": lambda column, value: column.is_(None) if value else column.is_not(None),
}

#: Words that stand for who is looking.
WORDS: Mapping[str, Callable[[Actor], Any]] = {
    "$user": lambda actor: actor.user_id,
    "$company": lambda actor: actor.company_id,
    "$companies": lambda actor: list(actor.companies),
}


class WrongRule(BadQuery):
    """A rule that cannot be understood."""

    def __init__(self, reason: object) -> None:
        super().__init__(_("This rule cannot be understood: %(reason)s", reason=reason))


def compiled(model: type, tree: Mapping[str, Any]) -> RecordRule:
    """The rule of a stored filter. One that no longer fits its model shows nothing."""

    def rule(asked: Any, actor: Actor) -> Any:
        try:
            return condition(model, tree, actor)
        except WrongRule:
            return false()

    return rule


def condition(model: type, tree: Any, actor: Actor, depth: int = 0) -> Any:
    """The SQL of a filter for one actor; raises `WrongRule`."""
    if depth > DEEPEST:
        raise WrongRule(_("it is nested too deeply"))
    match tree:
        case {"all": [*parts], **rest} if not rest and len(parts) <= LONGEST:
            return and_(True, *(condition(model, part, actor, depth + 1) for part in parts))
        case {"any": [*parts], **rest} if not rest and len(parts) <= LONGEST:
            return or_(False, *(condition(model, part, actor, depth + 1) for part in parts))
        case {"not": part, **rest} if not rest:
            return not_(condition(model, part, actor, depth + 1))
        case {"field": str(field), "op": str(op), "value": value, **rest} if not rest:
            return _compare(model, field, op, value, actor)
    raise WrongRule(_("it says neither field, op and value nor all, any or not"))


def _compare(model: type, name: str, op: str, value: Any, actor: Actor) -> Any:
    if op not in OPERATORS:
        raise WrongRule(_("there is no operator “%(op)s”", op=op))
    head, dot, tail = name.partition(".")
    if dot:
        return _beyond(model, head, tail, op, value, actor)
    column = _column(model, name)
    if op == "empty":
        return OPERATORS[op](column, bool(value))
    if isinstance(value, str) and value in WORDS:
        value = WORDS[value](actor)
    elif op == "in":
        if not isinstance(value, list) or len(value) > LONGEST:
            raise WrongRule(_("“in” needs a list"))
        value = [_typed(column, one) for one in value]
    else:
        value = _typed(column, value)
    if isinstance(value, list) and op != "in":
        raise WrongRule(_("“%(op)s” needs one value", op=op))
    return OPERATORS[op](column, value)


def _beyond(model: type, head: str, tail: str, op: str, value: Any, actor: Actor) -> Any:
    """A field of what the document refers to: ``customer.country``."""
    relation: Any = inspect(model).relationships.get(head)
    if relation is None or len(relation.local_remote_pairs) != 1:
        raise WrongRule(_("there is no field “%(name)s”", name=head))
    ((local, remote),) = relation.local_remote_pairs
    target = relation.mapper.class_
    there = relation.mapper.get_property_by_column(remote).class_attribute
    here = relation.parent.get_property_by_column(local).class_attribute
    return here.in_(select(there).where(_compare(target, tail, op, value, actor)))


def _column(model: type, name: str) -> Any:
    try:
        columns: Any = inspect(model).column_attrs
    except NoInspectionAvailable:
        raise WrongRule(_("there is no such model")) from None
    for key in (name, f"{name}_id"):
        if key in columns and not columns[key].columns[0].info.get("secret"):
            return columns[key].class_attribute
    raise WrongRule(_("there is no field “%(name)s”", name=name))


def _typed(column: Any, value: Any) -> Any:
    """The value as the column keeps it: amounts and dates come as strings."""
    kind = column.type.python_type if not isinstance(column.type, Moment) else dt.datetime
    try:
        if value is None or (isinstance(value, kind) and isinstance(value, bool) == (kind is bool)):
            return value
        if kind is Decimal and isinstance(value, str | int) and not isinstance(value, bool):
            return Decimal(value)
        if kind in (dt.date, dt.datetime) and isinstance(value, str):
            return kind.fromisoformat(value)
    except (ValueError, InvalidOperation):
        pass
    raise WrongRule(_("“%(value)s” does not fit the field", value=value))
