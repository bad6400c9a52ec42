"""Filters: one tree from URL, JSON or a saved view; names and operators by allowlist."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, not_, or_, select

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.links.queries import around
from dougong.resources.joins import Joins, compare
from dougong.resources.problems import sentence

if TYPE_CHECKING:
    from dougong.resources.sight import Sight

MOST_DEPTH, MOST_NODES, MOST_VALUES = 5, 60, 50
OPERATORS = {
    "eq", "ne", "in", "empty", "lt", "le", "gt", "ge", "has", "starts", "under", "during",
}  # fmt: skip
#: URL parameters that are no fields.
RESERVED = {
    "q", "sort", "after", "before", "group", "columns", "size", "filter", "view", "board", "month",
    "at", "expand", "count", "related", "rows", "cols", "sum", "show", "when", "zoom", "deep",
}  # fmt: skip
#: Those of them that say which documents, and in which order, rather than how they are shown.
NARROWING = {"q", "sort", "filter", "related"}
Node = tuple[Any, ...]


def from_url(args: Any, sight: Sight, *, strict: bool = False) -> list[Node]:
    """Conditions from ``state=draft&total.ge=100``; an unknown name is an error, never ignored.

    ``args`` is a MultiDict. A page's empty inputs say nothing; for the API (``strict``) they do.
    """
    nodes: list[Node] = []
    for key in args:
        if not is_condition(key):
            continue
        values = [v for v in args.getlist(key) if v != "" or strict]
        if not values:
            continue
        name, _dot, operator = key.rpartition(".")
        if not name or operator not in OPERATORS:
            name, operator = key, "in" if len(values) > 1 else "eq"
        if operator != "in":
            nodes.append(condition(name, operator, values[0], sight))
            continue
        several = values[0].split(",") if len(values) == 1 else values
        nodes.append(condition(name, "in", several, sight))
    return nodes


def parameter(name: str) -> str:
    """The URL parameter that says what a field is; some fields are called as the list's own are."""
    return f"{name}.in" if name in RESERVED else name


def is_condition(key: str) -> bool:
    """Whether a URL parameter narrows the list, rather than shape it."""
    return key not in RESERVED and not key.startswith("_")


def related(text: str) -> Node:
    """Documents before and after one: ``related=crm.orders.12``."""
    kind, _dot, key = text.rpartition(".")
    if not (kind and key.isascii() and key.isdecimal() and len(key) < 17):
        raise BadQuery(_("related names one document: crm.orders.12."))
    return ("related", int(key))


def from_json(text: str, sight: Sight) -> Node:
    """A tree: ``{"any": [{"field": "total", "op": "ge", "value": "100"}, {"not": …}]}``."""
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        raise BadQuery(_("The filter is not valid JSON.")) from None
    return from_tree(tree, sight)


def from_tree(tree: Any, sight: Sight) -> Node:
    """The same tree, already read."""
    return _node(tree, sight, 0, [MOST_NODES])


def _node(tree: Any, sight: Sight, depth: int, budget: list[int]) -> Node:
    budget[0] -= 1
    if depth > MOST_DEPTH or budget[0] < 0:
        raise BadQuery(_("The filter is too large."))
    if isinstance(tree, dict):
        match list(tree):
            case ["all" | "any" as kind] if isinstance(tree[kind], list):
                return (kind, [_node(t, sight, depth + 1, budget) for t in tree[kind]])
            case ["not"]:
                return ("not", _node(tree["not"], sight, depth + 1, budget))
        if set(tree) == {"field", "op", "value"}:
            field, operator = tree["field"], tree["op"]
            if isinstance(field, str) and isinstance(operator, str):
                return condition(field, operator, tree["value"], sight)
    raise BadQuery(
        _('A filter is {"field", "op", "value"}, or {"all": []}, {"any": []}, {"not": {}}.')
    )


def condition(name: str, operator: str, raw: Any, sight: Sight) -> Node:
    """One condition, checked against what these eyes may see."""
    field = sight.queryable.get(name)
    if field is None:
        raise BadQuery(_("There is no field %(name)s to filter by.", name=name[:60]))
    if operator not in field.operators:
        raise BadQuery(_("%(name)s cannot be filtered with %(op)s.", name=name, op=operator[:20]))
    try:
        return ("is", field, operator, _value(field, operator, raw))
    except (ValueError, TypeError) as error:
        raise BadQuery(
            _("%(name)s: %(problem)s", name=name, problem=sentence(str(error)))
        ) from None


def _value(field: Any, operator: str, raw: Any) -> Any:
    if operator == "in":
        if not isinstance(raw, list) or len(raw) > MOST_VALUES:
            raise ValueError("choice")
        return [field.load(v) for v in raw]
    if operator == "empty":
        if raw not in (True, False, "true", "false"):
            raise ValueError("choice")
        return raw in (True, "true")
    if operator == "during":
        return field.period(raw)
    return field.load(raw)


def to_sql(node: Node, joins: Joins) -> Any:
    """The tree as a condition."""
    match node:
        case ("all", nodes):
            return and_(True, *(to_sql(n, joins) for n in nodes))
        case ("any", nodes):
            return or_(False, *(to_sql(n, joins) for n in nodes))
        case ("not", inner):
            return not_(to_sql(inner, joins))
        case ("related", key):
            return joins.root.id.in_(select(around(key).c.far))
        case ("is", field, operator, value):
            return compare(field, operator, value, joins)
    raise AssertionError(node)


def visible(args: Mapping[str, Any], sight: Sight) -> dict[str, Any]:
    """A saved view's parameters without the names these eyes may not see."""
    kept: dict[str, Any] = {}
    for key, value in args.items():
        name, _dot, operator = key.rpartition(".")
        field = name if name and operator in OPERATORS else key
        if key in RESERVED or field in sight.queryable:
            kept[key] = value
    if "sort" in kept and any(
        p.lstrip("-") not in sight.queryable for p in kept["sort"].split(",")
    ):
        del kept["sort"]
    if "columns" in kept:
        names = [n for n in kept["columns"].split(",") if n in sight.queryable]
        kept["columns"] = ",".join(names)
    if "group" in kept:
        given = [kept["group"]] if isinstance(kept["group"], str) else kept["group"]
        kept["group"] = [n for n in given if n.partition(":")[0] in sight.queryable]
    return kept
