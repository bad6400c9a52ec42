"""Documents that stand below one another: a level at a time, with the sums of all that is below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from dougong.resources import lists
from dougong.resources.documents.facts import key_of
from dougong.resources.fields import Field
from dougong.resources.joins import Joins

if TYPE_CHECKING:
    from dougong.resources.declare import Tree

MOST_ROWS, MOST_DEEP = 500, 30


@dataclass
class Node:
    """One row of the tree."""

    key: Any
    values: Sequence[Any]
    parent: Any = None
    children: int = 0
    #: Sums of it and all below, by field.
    sums: Mapping[str, Any] = field(default_factory=dict)
    #: Whether it fits the search itself, or only leads to what does.
    fits: bool = True


def columns_of(query: lists.Query, board: Tree) -> list[Field]:
    """What a row shows: the list's columns without the parent, the title first."""
    lead = query.sight.fields[query.noun.title]
    rest = [f for f in query.columns if f.name not in (lead.name, board.parent)]
    return [lead, *rest]


def children(session: Session, query: lists.Query, board: Tree, above: Any) -> list[Node]:
    """What stands below a document, or at the top for None: three statements at most."""
    parent = _parent(query, board)
    where = parent.is_(None) if above is None else parent == above
    return _nodes(session, query, board, [where])


def found(session: Session, query: lists.Query, board: Tree) -> list[Node]:
    """What fits a search, and everything above it, so that each stands at its place."""
    own, joins, parent = key_of(query.noun.model), Joins(query.noun.model), _parent(query, board)
    statement = joins.onto(select(own, parent).where(*lists.conditions(query, joins)))
    rows = session.execute(statement.limit(MOST_ROWS)).all()
    fits = {key for key, _above in rows}
    known, wanted = set(fits), {above for _key, above in rows} - fits - {None}
    for _deep in range(MOST_DEEP):
        if not wanted:
            break
        known |= wanted
        higher = session.scalars(select(parent).where(own.in_(wanted)))
        wanted = set(higher) - known - {None}
    nodes = _nodes(session, query, board, [own.in_(known)])
    for node in nodes:
        node.fits = node.key in fits
    return _in_depth(nodes)


def _parent(query: lists.Query, board: Tree) -> Any:
    return getattr(query.noun.model, query.noun.fields[board.parent].key)


def _nodes(session: Session, query: lists.Query, board: Tree, where: list[Any]) -> list[Node]:
    noun, joins, own = query.noun, Joins(query.noun.model), key_of(query.noun.model)
    shown = [joins.shown(f) for f in columns_of(query, board)]
    if noun.resource.rule:
        where = [*where, noun.resource.rule(noun.model)]
    order = [joins.shown(f).desc() if down else joins.shown(f) for f, down in query.sort]
    parent = _parent(query, board)
    statement = select(own, parent, *shown).where(*where).order_by(*order, own)
    rows = session.execute(joins.onto(statement).limit(MOST_ROWS)).all()
    keys = [row[0] for row in rows]
    counts = _counts(session, query, board, keys)
    sums = _sums(session, query, board, keys)
    return [
        Node(row[0], row[2:], row[1], counts.get(row[0], 0), sums.get(row[0], {})) for row in rows
    ]


def _counts(session: Session, query: lists.Query, board: Tree, keys: list[Any]) -> dict[Any, int]:
    parent = _parent(query, board)
    statement = select(parent, func.count()).where(parent.in_(keys)).group_by(parent)
    if query.noun.resource.rule:
        statement = statement.where(query.noun.resource.rule(query.noun.model))
    return {row[0]: row[1] for row in session.execute(statement)}


def _sums(
    session: Session, query: lists.Query, board: Tree, keys: list[Any]
) -> dict[Any, dict[str, Any]]:
    names = query.sight.names(query.noun.resource.totals)
    fields = [query.sight.fields[n] for n in names if not query.sight.fields[n].hops]
    if not (fields and keys):
        return {}
    model = query.noun.model
    key, above = key_of(model).key, query.noun.fields[board.parent].key
    top = select(getattr(model, key).label("top"), getattr(model, key).label("at"))
    tree = top.where(getattr(model, key).in_(keys)).cte(recursive=True)
    child, leaf = aliased(model), aliased(model)
    tree = tree.union(
        select(tree.c.top, getattr(child, key)).join(tree, getattr(child, above) == tree.c.at)
    )
    figures = [func.sum(getattr(leaf, f.key)) for f in fields]
    statement = select(tree.c.top, *figures).join(leaf, getattr(leaf, key) == tree.c.at)
    rows = session.execute(statement.group_by(tree.c.top))
    return {top: dict(zip([f.name for f in fields], rest, strict=True)) for top, *rest in rows}


def _in_depth(nodes: Iterable[Node]) -> list[Node]:
    """Each below the one it belongs to."""
    listed = list(nodes)
    known = {node.key for node in listed}
    below: dict[Any, list[Node]] = {}
    for node in listed:
        below.setdefault(node.parent if node.parent in known else None, []).append(node)
    ordered: list[Node] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        node = waiting.pop()
        ordered.append(node)
        waiting += reversed(below.pop(node.key, []))
    return ordered
