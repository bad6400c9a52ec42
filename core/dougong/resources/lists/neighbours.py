"""The documents before and after one of a list, and where in the list it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong.resources.documents.facts import key_of
from dougong.resources.joins import Joins
from dougong.resources.lists.pages import beyond, conditions, in_order, order_of
from dougong.resources.lists.query import Query
from dougong.resources.lists.sums import COUNT_CAP


@dataclass(frozen=True)
class Place:
    """Where a document stands in a list."""

    #: The keys of the documents around it; None at an end.
    previous: Any
    following: Any
    #: Counted from one; 0 when the document no longer fits the list, or stands too far down.
    at: int
    #: How many there are, and whether there are more than were counted.
    count: int
    capped: bool


def place(session: Session, query: Query, key: Any, cap: int = COUNT_CAP) -> Place:
    """Where the document stands in a list; one that left it still knows who would be around it.

    Four statements, none of which reads further than the cap.
    """
    joins = Joins(query.noun.model)
    order = order_of(query, joins)
    own, where = key_of(query.noun.model), conditions(query, joins)
    row = session.execute(joins.onto(select(*(o.column for o in order)).where(own == key))).first()
    here = list(row) if row is not None else []

    def around(backwards: bool) -> Any:
        if row is None:
            return None
        found = select(own).where(*where, beyond(order, here, backwards))
        return session.scalar(joins.onto(found.order_by(*in_order(order, backwards))).limit(1))

    before = select(own).where(*where, beyond(order, here, True)) if here else None
    within = select(own).where(*where, own == key)
    counts = [
        select(func.count())
        .select_from(joins.onto(one).limit(cap + 1).subquery())
        .scalar_subquery()
        for one in (select(own).where(*where), within, *([before] if before is not None else []))
    ]
    count, inside, *ahead = session.execute(select(*counts)).one()
    at = ahead[0] + 1 if inside and ahead and ahead[0] < cap else 0
    return Place(around(True), around(False), at, min(count, cap), count > cap)
