"""From a dotted name to a field: each name is resolved once, when the house is built."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapper

from dougong.errors import PluginProblem
from dougong.i18n import Text, _
from dougong.resources.fields import Choice, Field, Link, infer

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.workflows import Workflow

#: Columns the core keeps for itself; a form without declaration leaves them out.
HIDDEN = {"id", "version", "position", "company_id"}


class ResourceError(PluginProblem):
    """A declaration names something that is not there."""


def bind(noun: Noun, name: str) -> Field:
    """``customer.city`` walks relationships; the last token is a column or a link."""
    *path, last = name.split(".")
    mapper, many, hops, crossed = noun.mapper, False, [], []
    for token in path:
        hop = f"{token}_ext" if f"{token}_ext" in mapper.relationships else token
        if hop not in mapper.relationships:
            raise _unknown(noun, name, hop, mapper)
        relation = mapper.relationships[hop]
        many, mapper = many or bool(relation.uselist), relation.mapper
        hops.append(hop)
        crossed.append(mapper.class_)
    base, key, column = _implied(noun, name, mapper, last)
    given = _given(noun, name, mapper, last)
    field = base if given is None else _combine(base, given)
    bound = field.bind(name, tuple(hops), key, column, many)
    if bound.words:
        bound.label = Text(bound.words, {}, domain=noun.resource.__module__.partition(".")[0])
    bound.readonly = bound.readonly or name in noun.resource.derived
    asked = (noun.rights.fields or {}).get(name) or column.info.get("needs") or ""
    bound.needs = bound.needs or asked
    bound.asks = frozenset(filter(None, [bound.needs, asked, *_rights(noun, crossed)]))
    return bound


def leads_to_one(relation: Any) -> bool:
    """Whether a relationship can be a link: to one document, by its key."""
    if relation.direction.name != "MANYTOONE" or len(relation.local_remote_pairs) != 1:
        return False
    return bool(relation.local_remote_pairs[0][1].primary_key)


def state_field(workflow: Workflow) -> Field:
    """The field that shows where in its workflow a document is."""
    return Choice(
        choices={state.name: state.label for state in workflow.states},
        colours={state.name: state.colour for state in workflow.states},
        readonly=True,
    )


def _implied(noun: Noun, name: str, mapper: Mapper[Any], last: str) -> tuple[Field, str, Any]:
    if last in (own_fields := getattr(mapper.class_, "__custom_fields__", {})):
        definition, target = own_fields[last]
        return definition.field(target), last, definition.column
    relation = mapper.relationships.get(last)
    if relation is not None and leads_to_one(relation):
        ((column, _target),) = relation.local_remote_pairs
        key = mapper.get_property_by_column(column).key
        return Link(target=relation.mapper.class_, relation=last), key, column
    if last not in mapper.column_attrs:
        raise _unknown(noun, name, last, mapper)
    column = mapper.columns[last]
    other = noun.nouns.resource_of(mapper.class_)
    own = noun.resource if mapper is noun.mapper else other
    if own is not None and own.steps is not None and own.steps.field == last:
        return state_field(own.steps), last, column
    return infer(column), last, column


def _given(noun: Noun, name: str, mapper: Mapper[Any], last: str) -> Field | None:
    """The nearest declaration; a field met through a link uses its own resource's words."""
    if name in noun.resource.fields:
        return noun.resource.fields[name]
    for extension in noun.extensions:
        if name.startswith(f"{extension.plugin}."):
            return extension.fields.get(last)
    other = noun.nouns.resource_of(mapper.class_)
    if other is None or other is noun.resource or mapper is noun.mapper:
        return None
    return other.fields.get(last)


def _combine(base: Field, given: Field) -> Field:
    """A bare Field changes only words; a link keeps where it leads; any other type replaces."""
    if type(given) is Field:
        return base.merge(given)
    if isinstance(given, Link) and isinstance(base, Link):
        merged = base.merge(given)
        merged.__class__ = type(given)
        return merged
    return given


def _rights(noun: Noun, crossed: list[type[Any]]) -> list[str]:
    """The read rights of the other nouns a path passes through; a document's own parts need none."""
    rights = []
    for model in crossed:
        other = noun.nouns.resource_of(model)
        own_part = getattr(model, "__part_of__", "") or model is noun.model
        if other is not None and not own_part:
            rights.append(f"{other.rights.name}.read")
    return rights


def _unknown(noun: Noun, name: str, token: str, mapper: Mapper[Any]) -> ResourceError:
    known = [*mapper.column_attrs.keys(), *mapper.relationships.keys()]
    near = difflib.get_close_matches(token, known, 1)
    facts = {"noun": noun.name, "name": name, "token": token, "model": mapper.class_.__name__}
    if not near:
        return ResourceError(
            _(
                "%(noun)s: “%(name)s” names “%(token)s”, which %(model)s does not have."
                " Name one of these: %(known)s.",
                known=", ".join(key for key in known if not key.startswith("_")),
                **facts,
            )
        )
    return ResourceError(
        _(
            "%(noun)s: “%(name)s” names “%(token)s”, which %(model)s does not have."
            " Did you mean “%(near)s”?",
            near=near[0],
            **facts,
        )
    )
