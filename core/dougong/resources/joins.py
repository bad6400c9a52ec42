"""The tables a list needs beside its own: each path is joined once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, inspect, select
from sqlalchemy.orm import aliased

from dougong.resources.documents.facts import key_of
from dougong.resources.fields import Field, Link


class Joins:
    """Aliases by path; ask for columns first, then put the joins onto the statement."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.used: list[tuple[Any, Any]] = []
        self._aliases: dict[tuple[str, ...], Any] = {(): root}

    def table(self, hops: tuple[str, ...]) -> Any:
        """The table at the end of a path of relationships."""
        if hops not in self._aliases:
            parent = self.table(hops[:-1])
            if (own := self._own_link(parent, hops)) is not None:
                return own
            relation = getattr(parent, hops[-1])
            alias = aliased(relation.property.mapper.class_)
            self._aliases[hops] = alias
            self.used.append((alias, linked(parent, relation, alias)))
        return self._aliases[hops]

    def _own_link(self, parent: Any, hops: tuple[str, ...]) -> Any:
        """Where a link leads that an administrator made: its key stands in the JSON."""
        model = inspect(parent).mapper.class_
        target = getattr(model, "__custom_links__", {}).get(hops[-1])
        if target is None:
            return None
        alias = self._aliases[hops] = aliased(target)
        self.used.append((alias, getattr(parent, hops[-1]) == alias.id))
        return alias

    def column(self, field: Field, hops: tuple[str, ...] | None = None) -> Any:
        """The column of a field."""
        if field.virtual:
            return field.expression(self.root)
        return getattr(self.table(field.hops if hops is None else hops), field.key)

    def title(self, link: Link) -> Any:
        """What a linked document is called."""
        return getattr(self.table((*link.hops, link.relation)), link.noun.title)

    def shown(self, field: Field) -> Any:
        """What a reader sees of a field: the title of a link, else the column."""
        return self.title(field) if isinstance(field, Link) else self.column(field)

    def onto(self, statement: Any) -> Any:
        """The statement with every table that was asked for."""
        for alias, condition in self.used:
            statement = statement.outerjoin(alias, condition)
        return statement


def linked(root: Any, relation: Any, alias: Any) -> Any:
    """The condition that joins a table to the one it hangs on."""
    here, there = relation.property.parent, relation.property.mapper
    return and_(
        *(
            getattr(root, here.get_property_by_column(local).key)
            == getattr(alias, there.get_property_by_column(remote).key)
            for local, remote in relation.property.local_remote_pairs
        )
    )


def compare(field: Field, operator: str, value: Any, joins: Joins) -> Any:
    """One condition; a to-many path becomes EXISTS, so that a list never shows a row twice."""
    if field.virtual:
        return field.holds(joins.root, operator, value)
    test = field.operators[operator]
    if not field.many:
        return test(joins.column(field), value)
    relation = getattr(joins.root, field.hops[0])
    inner = Joins(aliased(relation.property.mapper.class_))
    condition = test(inner.column(field, field.hops[1:]), value)
    key = getattr(inner.root, key_of(relation.property.mapper.class_).key)
    query = inner.onto(select(key)).where(linked(joins.root, relation, inner.root), condition)
    return query.exists()
