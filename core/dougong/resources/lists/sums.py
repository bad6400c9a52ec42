"""How many there are, what they sum to, and the same by group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong.resources.documents.facts import key_of
from dougong.resources.fields import Field, Link
from dougong.resources.joins import Joins
from dougong.resources.lists.pages import conditions
from dougong.resources.lists.query import Query
from dougong.resources.purses import currency_of, opened, purses

#: Beyond this a list says “more than”; counting all of a large table helps nobody.
COUNT_CAP = 10_000
MOST_GROUPS, MOST_LEAVES = 200, 1000


def _summed(query: Query) -> list[Field]:
    return [query.sight.fields[n] for n in query.sight.names(query.noun.resource.totals)]


def totals(
    session: Session, query: Query, cap: int = COUNT_CAP
) -> tuple[int, bool, dict[str, Any]]:
    """How many (capped), and the sums when all were counted: one statement.

    Amounts of several currencies are a `Purse`.
    """
    joins, sums = Joins(query.noun.model), _summed(query)
    columns = [joins.column(f).label(f"s{i}") for i, f in enumerate(sums)]
    currency = currency_of(query.noun.model, sums)
    if currency is not None:
        columns.append(currency.label("currency"))
    where = conditions(query, joins)
    counted = joins.onto(select(key_of(query.noun.model).label("k"), *columns).where(*where))
    inner = counted.limit(cap + 1).subquery()
    totals = [func.sum(inner.c[f"s{i}"]) for i in range(len(sums))]
    counting = select(func.count(), *totals).select_from(inner)
    if currency is None:
        n, *values = session.execute(counting).one()
        found = [v or 0 for v in values]
    else:
        n, found = 0, [0] * len(sums)
        parted = counting.add_columns(inner.c.currency).group_by(inner.c.currency)
        for few, *values, code in session.execute(parted):
            n += few
            found = [a + b for a, b in zip(found, purses(sums, values, code), strict=True)]
    if n > cap:
        return cap, True, {}
    return n, False, {f.name: opened(v) for f, v in zip(sums, found, strict=True)}


def groups(session: Session, query: Query) -> list[tuple[Any, Any, int, dict[str, Any]]]:
    """Each group (key, what it is called, how many, sums): one statement for all."""
    name, _colon, cut = query.group[0].partition(":")
    field, joins = query.sight.fields[name], Joins(query.noun.model)
    key = field.buckets(joins.column(field), cut)
    shown = joins.title(field) if isinstance(field, Link) else key
    sums = _summed(query)
    columns = [key, func.max(shown), func.count(), *(func.sum(joins.column(f)) for f in sums)]
    if field.kind == "flag":
        columns[1] = key
    statement = select(*columns).select_from(query.noun.model)
    statement = statement.where(*conditions(query, joins)).group_by(key)
    statement = joins.onto(statement.order_by(columns[1]).limit(MOST_GROUPS))
    names = [f.name for f in sums]
    return [
        (key, shown, n, dict(zip(names, rest, strict=True)))
        for key, shown, n, *rest in session.execute(statement)
    ]


@dataclass
class Branch:
    """A group, what is in it, and the groups below it."""

    #: The group that was asked for, ``ordered_on:month``, and which one this is.
    by: str
    key: Any
    shown: Any
    n: int = 0
    sums: dict[str, Any] = field(default_factory=dict)
    below: dict[Any, Branch] = field(default_factory=dict)

    def add(self, n: int, sums: dict[str, Any]) -> None:
        """Count what a group below holds."""
        self.n += n
        for name, value in sums.items():
            self.sums[name] = self.sums.get(name, 0) + (value or 0)


def tree(session: Session, query: Query) -> tuple[Branch, bool]:
    """The groups of all levels under one root that counts everything; whether some were left out.

    One statement: the sums of an outer group are those of the inner ones, added up by currency.
    """
    joins, sums = Joins(query.noun.model), _summed(query)
    keys, shown, currency = [], [], currency_of(query.noun.model, sums)
    for by in query.group:
        name, _colon, cut = by.partition(":")
        one = query.sight.fields[name]
        keys.append(one.buckets(joins.column(one), cut))
        shown.append(joins.title(one) if isinstance(one, Link) else keys[-1])
    told = [k if k is s else func.max(s) for k, s in zip(keys, shown, strict=True)]
    parted = [] if currency is None else [currency]
    columns = [*keys, *told, func.count(), *(func.sum(joins.column(f)) for f in sums), *parted]
    statement = select(*columns).select_from(query.noun.model)
    statement = statement.where(*conditions(query, joins)).group_by(*keys, *parted)
    found = session.execute(joins.onto(statement.order_by(*told).limit(MOST_LEAVES + 1))).all()
    root, names, levels = Branch("", None, None), [f.name for f in sums], len(keys)
    for row in found[:MOST_LEAVES]:
        n, values = row[2 * levels], list(row[2 * levels + 1 :])
        if currency is not None:
            code = values.pop()
            values = purses(sums, values, code)
        figures = dict(zip(names, values, strict=True))
        here = root
        here.add(n, figures)
        for by, key, text in zip(query.group, row[:levels], row[levels : 2 * levels], strict=True):
            here = here.below.setdefault(key, Branch(by, key, text))
            here.add(n, figures)
    return root, len(found) > MOST_LEAVES
