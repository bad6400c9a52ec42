"""Which documents name a record: a customer's orders, what is bought and stored of a product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, inspect, literal, select, union_all
from sqlalchemy.orm import Session

from dougong.resources.documents.facts import key_of
from dougong.resources.fields import Field, Link
from dougong.resources.filters import parameter

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun, Nouns

#: Beyond this a button says “99+”; counting all of a large table helps nobody.
MOST = 99


class Namer(NamedTuple):
    """A list whose documents name a record, and the filter that finds them."""

    noun: Noun
    field: Field

    def url(self, key: Any) -> str:
        """The list of just those that name this record."""
        return f"/{self.noun.plugin}/{self.noun.slug}?{parameter(self.field.name)}={key}"

    def counting(self, key: Any) -> Any:
        """Keys of those that name this record, no more than are counted."""
        model = self.noun.model
        wanted = select(key_of(model).label("k")).where(self._names(key))
        if self.noun.resource.rule:
            wanted = wanted.where(self.noun.resource.rule(model))
        return wanted.limit(MOST + 1).subquery()

    def _names(self, key: Any) -> Any:
        if not self.field.many:
            return getattr(self.noun.model, self.field.key) == key
        # From the lines to their documents: the index of the lines finds the few there are.
        relation = getattr(self.noun.model, self.field.hops[0]).property
        ((here, there),) = relation.local_remote_pairs
        line = relation.mapper
        of = getattr(line.class_, line.get_property_by_column(there).key)
        own = getattr(self.noun.model, self.noun.mapper.get_property_by_column(here).key)
        return own.in_(select(of).where(getattr(line.class_, self.field.key) == key))


@dataclass(frozen=True)
class Named:
    """So many documents of a list name a record."""

    noun: Noun
    url: str
    count: int
    #: There are more than were counted.
    capped: bool


def namers_of(nouns: Nouns, noun: Noun) -> list[Namer]:
    """The lists that can be filtered by records of this noun, one filter each."""
    found = []
    for other in nouns:
        for name in other.filters:
            field = other.fields.get(name)
            if isinstance(field, Link) and field.target is noun.model and _is_quick(field):
                found.append(Namer(other, field))
                break
    return found


def _is_quick(field: Link) -> bool:
    """Whether the documents are found by an index, in the document itself or in its lines."""
    if field.virtual or len(field.hops) > int(field.many):
        return False
    column = inspect(field.column).column if hasattr(field.column, "property") else field.column
    leading = [list(index.columns) for index in column.table.indexes]
    return bool(column.index) or any(
        column in columns[: 2 if columns[0].name == "company_id" else 1] for columns in leading
    )


def named_by(session: Session, namers: Sequence[Namer], key: Any) -> list[Named]:
    """How many documents of each list name this record; lists without one are left out.

    One statement, within the companies and the record rules of whoever asks.
    """
    if not namers:
        return []
    statement = union_all(
        *(
            select(literal(at).label("at"), func.count().label("n")).select_from(one.counting(key))
            for at, one in enumerate(namers)
        )
    )
    counts = {row.at: row.n for row in session.execute(statement)}
    return [
        Named(one.noun, one.url(key), min(counts[at], MOST), counts[at] > MOST)
        for at, one in enumerate(namers)
        if counts[at]
    ]
