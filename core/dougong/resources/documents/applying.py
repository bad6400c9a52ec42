"""Validated values onto a document and its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from dougong.i18n import _
from dougong.resources.documents.facts import Facts
from dougong.resources.documents.reading import plain
from dougong.resources.fields import Field, Link

if TYPE_CHECKING:
    from dougong.resources.nouns import LineSet, Noun
    from dougong.resources.sight import Sight


@dataclass
class Parts:
    """What an entry did to the parts of a document: rows to store and rows to remove."""

    added: list[Any] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)


def apply(
    noun: Noun,
    document: Any,
    data: Mapping[str, Any],
    sight: Sight,
    facts: Facts,
    was: Mapping[str, Any],
) -> Parts:
    """Put validated values onto the document; tell the facts what was given."""
    parts = Parts()
    own = sight.writable_own
    facts.note(document, plain(own, data), was, "")
    _put(document, own, data, facts)
    _apply_sides(noun, document, data, sight, facts, parts)
    for name, lines in noun.lines.items():
        rows = data.get(name)
        if rows is None:
            for at, line in enumerate(getattr(document, name)):
                facts.note(line, {}, {}, f"{name}.{at}")
        else:
            before = was.get(name)
            _apply_lines(lines, document, rows, sight, facts, before, parts)
    return parts


def _put(thing: Any, fields: Mapping[str, Field], data: Mapping[str, Any], facts: Facts) -> None:
    for name, field_ in fields.items():
        if name not in data:
            continue
        value = data[name]
        column = field_.column
        if value is None and not column.nullable and column.default is not None:
            continue  # nothing typed into a column with a default means the default
        setattr(thing, field_.key, value)
        if isinstance(field_, Link) and field_.relation in inspect(type(thing)).relationships:
            linked = None if value is None else facts.get(field_.target, value)
            set_committed_value(thing, field_.relation, linked)


def _apply_sides(
    noun: Noun, document: Any, data: Mapping[str, Any], sight: Sight, facts: Facts, parts: Parts
) -> None:
    for extension in noun.extensions:
        values = data.get(extension.plugin)
        if not values:
            continue
        name = noun.side(extension)
        side = getattr(document, name)
        if side is None:
            if all(v is None for v in values.values()):
                continue
            side = new_row(extension.side)
            _point_back(side, getattr(noun.model, name), document)
            set_committed_value(document, name, side)
            parts.added.append(side)
        prefix = f"{extension.plugin}."
        fields = {
            n.removeprefix(prefix): f for n, f in sight.writable.items() if n.startswith(prefix)
        }
        facts.note(side, plain(fields, values), {}, extension.plugin)
        _put(side, fields, values, facts)


def _apply_lines(
    lines: LineSet,
    document: Any,
    rows: list[dict[str, Any]],
    sight: Sight,
    facts: Facts,
    was: Any,
    parts: Parts,
) -> None:
    """The list replaces the lines: known ids may be given in part, missing ones go."""
    fields = sight.line_fields(lines.name, writing=True)
    known = {line.id: line for line in getattr(document, lines.name) if line.id}
    wanted = []
    for at, row in enumerate(rows):
        key = row.get("id")
        line = known.pop(key, None) if key else new_row(lines.model)
        if line is None:
            facts.errors[f"{lines.name}.{at}.id"] = _("This line does not belong to the document.")
            continue
        shown = _shown(was, row, key)
        if shown is None:
            shown = _values(fields, line) if key else {}
        facts.note(line, plain(fields, row), shown, f"{lines.name}.{at}")
        _put(line, fields, row, facts)
        if not key:
            setattr(line, lines.remote, getattr(document, lines.local))
            parts.added.append(line)
        if lines.ordered and line.position != at:
            line.position = at
        if lines.back:
            set_committed_value(line, lines.back, document)
        wanted.append(line)
    set_committed_value(document, lines.name, wanted)
    parts.removed += known.values()


def _shown(was: Any, row: Mapping[str, Any], key: Any) -> Mapping[str, Any] | None:
    """What the page showed of this line last; None when no page did."""
    if not isinstance(was, dict):
        return None
    shown = was.get(str(row.get("_key", key)), {})
    return shown if isinstance(shown, dict) else {}


def _values(fields: Mapping[str, Field], line: Any) -> dict[str, Any]:
    return plain(fields, {name: getattr(line, f.key) for name, f in fields.items()})


def new_row(model: type[Any]) -> Any:
    """A new row with the defaults of its columns, so that `derive` can see them."""
    row = model()
    values = row.__dict__
    for prop in inspect(model).column_attrs:
        default = prop.columns[0].default
        if default is not None and values.get(prop.key) is None:
            setattr(row, prop.key, default.arg(None) if default.is_callable else default.arg)
    for relation in inspect(model).relationships:
        if relation.key not in values and relation.direction.name != "MANYTOONE":
            set_committed_value(row, relation.key, [] if relation.uselist else None)
    return row


def _point_back(side: Any, relation: Any, document: Any) -> None:
    ((local, remote),) = relation.property.local_remote_pairs
    key = relation.property.parent.get_property_by_column(local).key
    target = relation.property.mapper.get_property_by_column(remote).key
    setattr(side, target, getattr(document, key))


def differs(row: Any) -> bool:
    """Whether a loaded row holds anything else than the database does."""
    state = instance_state(row)
    if not state.modified:
        return False
    columns = inspect(type(row)).column_attrs
    return any(
        key in columns and row.__dict__.get(key) != old
        for key, old in state.committed_state.items()
    )


def rows_of(noun: Noun, document: Any) -> Iterator[Any]:
    """The rows of a document's parts: lines and side tables."""
    for name in noun.lines:
        yield from getattr(document, name)
    for extension in noun.extensions:
        side = getattr(document, noun.side(extension))
        if side is not None:
            yield side
