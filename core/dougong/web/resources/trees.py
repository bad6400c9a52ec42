"""The tree of a noun: rows that open level by level, or what a search finds, each at its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g, request
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from dougong.keys import whole
from dougong.resources import lists, trees
from dougong.resources.fields import Link

if TYPE_CHECKING:
    from dougong.resources.declare import Tree


@dataclass(frozen=True)
class Line:
    """A row of the page: its cells are drawn, its level counts from one."""

    key: Any
    level: int
    at: int
    of: int
    children: int
    open: bool
    fits: bool
    title: Markup
    cells: list[tuple[Any, Markup, Any]]


def branches(session: Session, query: lists.Query, board: Tree) -> dict[str, Any]:
    """The rows below the one that is opened, the top of the tree, or what a search found."""
    fields = trees.columns_of(query, board)
    deep = whole(request.args.get("deep", ""))
    searching = bool(query.nodes or query.q)
    if deep is None and searching:
        nodes = trees.found(session, query, board)
    else:
        nodes = trees.children(session, query, board, deep)
    level = min(max(request.args.get("at", 0, type=int), 0), trees.MOST_DEEP)
    return {
        "fields": fields,
        "lines": list(_lines(nodes, fields, query, level, searching and deep is None)),
        "cut_off": len(nodes) >= trees.MOST_ROWS,
        "searching": searching,
    }


def _lines(
    nodes: list[trees.Node], fields: list[Any], query: lists.Query, level: int, whole_tree: bool
) -> Any:
    levels: dict[Any, int] = {}
    around: dict[Any, list[Any]] = {}
    for node in nodes:
        around.setdefault(node.parent if whole_tree else None, []).append(node.key)
    shown = {node.parent for node in nodes} if whole_tree else set()
    for node in nodes:
        levels[node.key] = here = levels.get(node.parent, level) + 1 if whole_tree else level + 1
        family = around[node.parent if whole_tree else None]
        title, *cells = _cells(node, fields, query)
        yield Line(
            node.key, here, family.index(node.key) + 1, len(family), node.children,
            node.key in shown, node.fits, title[1], cells,
        )  # fmt: skip


def _cells(node: trees.Node, fields: list[Any], query: lists.Query) -> Any:
    for field, value in zip(fields, node.values, strict=True):
        if field.name in node.sums:
            value = node.sums[field.name]
        if value is None:
            yield field, Markup(), value
        elif isinstance(field, Link):
            yield field, escape(str(value)), value
        else:
            yield field, Markup(field.cell(g.fmt)(value)), value  # noqa: S704
