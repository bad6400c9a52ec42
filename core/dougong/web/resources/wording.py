"""Conditions in words: what narrows a list, told as people would, each with the way to be rid of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g, request

from dougong.i18n import Text, _, listed
from dougong.resources import documents, filters
from dougong.resources.fields import Link
from dougong.resources.fields.periods import PERIODS
from dougong.web.shell import with_query

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.fields import Field
    from dougong.resources.sight import Sight

OPERATORS: dict[str, Text] = {
    "eq": _("is"),
    "ne": _("is not"),
    "in": _("is one of"),
    "empty": _("is empty"),
    "filled": _("is filled in"),
    "has": _("contains"),
    "starts": _("begins with"),
    "lt": _("is below"),
    "le": _("is at most"),
    "gt": _("is above"),
    "ge": _("is at least"),
    "under": _("is, or belongs to,"),
    "during": _("is in the period"),
}
DATES: dict[str, Text] = {
    "lt": _("is before"),
    "le": _("is until"),
    "gt": _("is after"),
    "ge": _("is from"),
}
Labels = dict[Any, str]


@dataclass(frozen=True)
class Facet:
    """One condition of a list: its words, the list without it, and whether it opens the builder."""

    text: str
    without: str
    own: bool = False


def operator_words(field: Field, operator: str) -> str:
    """What an operator is called for this kind of field."""
    dated = DATES.get(operator) if field.kind == "date" else None
    return str(dated or OPERATORS[operator])


def label_of(sight: Sight, name: str) -> str:
    """What a field is called where fields of several documents stand together."""
    field = sight.queryable[name]
    first, dot, _rest = name.partition(".")
    if not dot:
        return str(field.label)
    for part, _names in sight.parts:
        if getattr(part, "name", "") == first:
            return f"{part.title or first.capitalize()} › {field.label}"
    over = sight.fields.get(first)
    head = over.label if over is not None else first.replace("_", " ").capitalize()
    return f"{head} › {field.label}"


def facets(session: Session, sight: Sight, nodes: Sequence[filters.Node]) -> list[Facet]:
    """What narrows the list now, without the words of the search box."""
    names = linked(session, sight, nodes)
    found = []
    asked = [key for key in request.args if filters.is_condition(key) and any(_given(key))]
    for key, node in zip(asked, nodes, strict=False):
        found.append(Facet(tell(node, sight, names), with_query(**{key: None, **_FIRST})))
    if request.args.get("filter") and len(nodes) > len(asked):
        words = tell(nodes[len(asked)], sight, names)
        found.append(Facet(words, with_query(filter=None, **_FIRST), own=True))
    return found


#: A list that is narrowed otherwise begins with its first page.
_FIRST = {"after": None, "before": None}


def _given(key: str) -> list[str]:
    return request.args.getlist(key)


def tell(node: filters.Node, sight: Sight, names: Labels, nested: bool = False) -> str:
    """A tree of conditions as a sentence: ``State is Draft and (Total is above 5 or …)``."""
    match node:
        case ("all" | "any" as kind, nodes):
            joint = f" {_('and') if kind == 'all' else _('or')} "
            text = joint.join(tell(one, sight, names, nested=True) for one in nodes)
            return f"({text})" if nested and len(nodes) > 1 else text
        case ("not", inner):
            return str(_("not %(what)s", what=f"({tell(inner, sight, names)})"))
        case ("is", field, operator, value):
            return _told(field, operator, value, sight, names)
    return ""


def _told(field: Field, operator: str, value: Any, sight: Sight, names: Labels) -> str:
    label = label_of(sight, field.name)
    if operator == "empty":
        return f"{label} {OPERATORS['empty' if value else 'filled']}"
    if operator == "during":
        return f"{label}: {PERIODS[value]}"
    several = value if isinstance(value, list) else [value]
    said = listed(_said(field, one, names) for one in several)
    if operator in ("eq", "in"):
        return f"{label}: {said}"
    return f"{label} {operator_words(field, operator)} {said}"


def _said(field: Field, value: Any, names: Labels) -> str:
    if isinstance(field, Link):
        return names.get((field.target, value), f"#{value}")
    if field.kind == "flag":
        return str(_("yes") if value else _("no"))
    return field.show(value, g.fmt)


def linked(session: Session, sight: Sight, nodes: Sequence[filters.Node]) -> Labels:
    """What the linked documents of conditions are called."""
    found: Labels = {}
    for field, value in _links(nodes):
        if field.noun is None or (field.target, value) in found:
            continue
        found |= documents.names_of(session, field, [value])
    return found


def _links(nodes: Sequence[filters.Node]) -> Iterator[tuple[Link, Any]]:
    for node in nodes:
        match node:
            case ("all" | "any", inner):
                yield from _links(inner)
            case ("not", inner):
                yield from _links([inner])
            case ("is", field, operator, value) if isinstance(field, Link) and operator != "empty":
                for one in value if isinstance(value, list) else [value]:
                    yield field, one
