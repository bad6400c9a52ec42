"""The figure of a list: how many, or a sum, with that of the stretch before: one statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from dougong import clock
from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.resources import lists
from dougong.resources.fields import Field
from dougong.resources.fields.periods import before, span, within
from dougong.resources.filters import Node
from dougong.resources.joins import Joins

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.sight import Sight

#: What counting is called among the measures.
RECORDS = ""


@dataclass(frozen=True)
class Figure:
    """A number, and what it is compared with."""

    value: Any
    #: The stretch before, as its first and last day; None where the filter names no period.
    earlier: tuple[dt.date, dt.date] | None = None
    before: Any = None


def measures(sight: Sight) -> list[tuple[str, str]]:
    """What of a list can be a figure: its records, and its totals."""
    totals = sight.names(sight.noun.resource.totals)
    return [(RECORDS, str(_("Records"))), *((n, str(sight.fields[n].label)) for n in totals)]


def measured(sight: Sight, name: str) -> Field | None:
    """The field that is summed; None counts. Raises `BadQuery` for what is not offered."""
    if name not in dict(measures(sight)):
        raise BadQuery(_("This list has no total %(name)s.", name=name[:60]))
    return sight.fields[name] if name else None


def figure(session: Session, query: lists.Query, measure: str) -> Figure:
    """How many there are, or what they sum to, all of them counted."""
    field, joins = measured(query.sight, measure), Joins(query.noun.model)
    of = joins.column(field) if field is not None else None
    moving, others = _period(query.nodes)
    where = lists.conditions(replace(query, nodes=others), joins)
    if moving is None:
        statement = select(_total(of, None)).select_from(query.noun.model).where(*where)
        return Figure(session.scalar(joins.onto(statement)) or 0)
    day, name = moving
    today = clock.today()
    earlier = before(name, today)
    column, timed = joins.column(day), getattr(day, "timed", False)
    now = within(column, span(name, today), timed)
    then = within(column, earlier, timed) if earlier is not None else None
    either = or_(now, then) if then is not None else now
    picked = [_total(of, now), *([_total(of, then)] if then is not None else [])]
    statement = select(*picked).select_from(query.noun.model).where(and_(either, *where))
    values = session.execute(joins.onto(statement)).one()
    if earlier is None:
        return Figure(values[0] or 0)
    return Figure(values[0] or 0, earlier, values[1] or 0)


def _total(column: Any, when: Any) -> Any:
    if column is None:
        return func.count() if when is None else func.count(case((when, 1)))
    return func.sum(column if when is None else case((when, column)))


def _period(nodes: Sequence[Node]) -> tuple[tuple[Field, str] | None, list[Node]]:
    """The first condition that all must hold and that names a period, apart from the others."""
    flat: list[Node] = []
    for node in nodes:
        flat += node[1] if node[0] == "all" else [node]
    for node in flat:
        if node[0] == "is" and node[2] == "during" and not node[1].many and not node[1].virtual:
            return (node[1], node[3]), [other for other in flat if other is not node]
    return None, flat
