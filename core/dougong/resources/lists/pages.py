"""One page of a list: a single statement, whatever the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import Session

from dougong.resources import filters
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import called
from dougong.resources.fields import Field, Link
from dougong.resources.joins import Joins, compare
from dougong.resources.lists.cursors import seal
from dougong.resources.lists.query import Query

MOST_WORDS = 5


class Order(NamedTuple):
    """One column of the order."""

    column: Any
    down: bool
    nullable: bool


def conditions(query: Query, joins: Joins) -> list[Any]:
    """The filters, the words searched for, and what makes a row this noun."""
    found = [filters.to_sql(node, joins) for node in query.nodes]
    fields = query.sight.fields
    search = [fields[n] for n in query.noun.resource.search if n in fields]
    search = [field for field in search if "has" in field.operators]
    for word in query.q.split()[:MOST_WORDS]:
        found.append(or_(False, *(compare(field, "has", word, joins) for field in search)))
    if query.noun.resource.rule:
        found.append(query.noun.resource.rule(joins.root))
    return found


def rows(session: Session, query: Query) -> tuple[Sequence[Any], str, str]:
    """One page, and the marks of the next and the previous one.

    A row is (key, value, …) with two values for a link: its key and its title.
    """
    joins = Joins(query.noun.model)
    key = key_of(query.noun.model)
    picked = [key, *_picked(query.columns, joins)]
    order = order_of(query, joins)
    keys = [o.column for o in order[:-1]]
    statement = select(*picked, *keys).where(*conditions(query, joins))
    if query.cursor is not None:
        statement = statement.where(beyond(order, query.cursor, query.backwards))
    statement = statement.order_by(*in_order(order, query.backwards))
    found = session.execute(joins.onto(statement).limit(query.size + 1)).all()
    return _page(query, found, len(keys))


def as_json(query: Query, found: Sequence[Any]) -> list[dict[str, Any]]:
    """The rows of a page as the API says them; a link is its key and what it is called."""
    plan, at = [], 1
    for field in query.columns:
        link = isinstance(field, Link)
        plan.append((field.name, field.plain, at, link))
        at += 2 if link else 1
    items = []
    for row in found:
        item = {"id": row[0]}
        for name, plain, at, link in plan:
            value = row[at]
            if not link:
                item[name] = plain(value)
            elif value is None:
                item[name] = None
            else:
                item[name] = {"id": value, "label": called(row[at + 1], value)}
        items.append(item)
    return items


def _picked(columns: Sequence[Field], joins: Joins) -> list[Any]:
    picked = []
    for field in columns:
        picked.append(joins.column(field))
        if isinstance(field, Link):
            picked.append(joins.title(field))
    return picked


def order_of(query: Query, joins: Joins) -> list[Order]:
    """The columns of the order, the key last, so that no two rows stand at one place."""
    order = [Order(joins.shown(f), down, _nullable(f)) for f, down in query.sort]
    order.append(Order(key_of(query.noun.model), order[0].down if order else True, False))
    return order


def in_order(order: Sequence[Order], backwards: bool) -> list[Any]:
    """What a statement is ordered by, read forwards or backwards."""
    return [_by(one, backwards) for one in order]


def _nullable(field: Field) -> bool:
    return bool(field.hops) or isinstance(field, Link) or bool(field.column.nullable)


def _by(order: Order, backwards: bool) -> Any:
    """Where a value is missing the row comes last, whichever way the list is read."""
    by = order.column.desc() if order.down != backwards else order.column.asc()
    if not order.nullable:
        return by
    return by.nulls_first() if backwards else by.nulls_last()


def beyond(order: Sequence[Order], cursor: Sequence[Any], backwards: bool) -> Any:
    """Rows after the cursor."""
    alternatives: list[Any] = []
    equal: list[Any] = []
    for (column, down, nullable), value in zip(order, cursor, strict=True):
        if value is None:
            step = column.is_not(None) if backwards else None
            equals = column.is_(None)
        else:
            step = column < value if down != backwards else column > value
            equals = column == value
            if nullable and not backwards:
                step = or_(step, column.is_(None))
        if step is not None:
            alternatives.append(and_(*equal, step))
        equal.append(equals)
    # The leading bound is implied by the rest; it lets the index start in the right place.
    bound, (first, down, nullable), value = true(), order[0], cursor[0]
    if value is not None and not nullable:
        bound = first <= value if down != backwards else first >= value
    return and_(bound, or_(*alternatives))


def _page(query: Query, found: Sequence[Any], keys: int) -> tuple[Sequence[Any], str, str]:
    more, found = len(found) > query.size, list(found[: query.size])
    if query.backwards:
        found.reverse()
    following = previous = ""
    if found and (more or query.backwards):
        following = _mark(found[-1], keys)
    if found and query.cursor is not None and (more or not query.backwards):
        previous = _mark(found[0], keys)
    return found, following, previous


def _mark(row: Any, keys: int) -> str:
    return seal([*row[len(row) - keys :], row[0]])
