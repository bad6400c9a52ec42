"""The figure of a list: how many, or a sum, with that of the stretch before: one statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, or_, select

from dougong import clock
from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.resources import lists, pivots
from dougong.resources.fields import Field
from dougong.resources.fields.periods import before, span, within
from dougong.resources.filters import Node
from dougong.resources.joins import Joins
from dougong.resources.purses import currency_of, opened, purses

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.sight import Sight

#: What counting is called among the measures.
RECORDS = ""


@dataclass(frozen=True)
class Figure:
    """A number, and what it is compared with; a `Purse` where there are several currencies."""

    value: Any
    #: The stretch before, as its first and last day; None where the filter names no period.
    earlier: tuple[dt.date, dt.date] | None = None
    before: Any = None


def measures(sight: Sight) -> list[tuple[str, str]]:
    """What of a list can be a figure: its records, and what its graph sums."""
    sums = [name for name in pivots.choices(sight, pivots.declared(sight))[1] if name]
    return [(RECORDS, str(_("Records"))), *((n, str(sight.fields[n].label)) for n in sums)]


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

    def asked(picked: list[Any], *more: Any) -> list[Any]:
        """The sums, each by currency where amounts have one: none is added to another."""
        currency = currency_of(query.noun.model, [field])
        parted = [] if currency is None else [currency]
        statement = select(*picked, *parted).select_from(query.noun.model).group_by(*parted)
        rows = session.execute(joins.onto(statement.where(*more, *where))).all()
        if currency is None:
            return [value or 0 for value in rows[0]]
        sums = [0] * len(picked)
        for *values, code in rows:
            added = purses([field] * len(picked), values, code)
            sums = [a + b if b.weight else a for a, b in zip(sums, added, strict=True)]
        return [opened(value) for value in sums]

    if moving is None:
        return Figure(asked([_total(of, None)])[0])
    day, name = moving
    today = clock.today()
    earlier = before(name, today)
    column, timed = joins.column(day), getattr(day, "timed", False)
    now = within(column, span(name, today), timed)
    then = within(column, earlier, timed) if earlier is not None else None
    either = or_(now, then) if then is not None else now
    picked = [_total(of, now), *([_total(of, then)] if then is not None else [])]
    values = asked(picked, either)
    return Figure(values[0], earlier, values[1]) if earlier is not None else Figure(values[0])


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
