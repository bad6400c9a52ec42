"""Names become keys: every linked document of a batch is found and fetched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from dougong.i18n import Text
from dougong.resources.documents.facts import Facts, key_of
from dougong.resources.fields import Field, Link
from dougong.resources.problems import sentence
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight


class Use(NamedTuple):
    """One place in a batch that refers to another document."""

    item: int
    row: dict[str, Any]
    name: str
    path: str
    field: Link


def links(
    noun: Noun,
    items: Sequence[dict[str, Any]],
    sight: Sight,
    facts: Facts,
    *,
    by_name: bool = True,
) -> list[dict[str, Text | str]]:
    """Turn names into keys and fetch what is linked; the errors of each item, by path.

    At most two statements a linked model, whatever the size of the batch.
    """
    wanted: dict[type[Any], list[Use]] = defaultdict(list)
    for use in _uses(noun, items, sight):
        wanted[use.field.target].append(use)
    errors: list[dict[str, Text | str]] = [{} for _item in items]
    for uses in wanted.values():
        if by_name:
            _resolve_names(uses, facts, errors)
        _fetch(uses, facts, errors)
    return errors


def _uses(noun: Noun, items: Sequence[dict[str, Any]], sight: Sight) -> Iterator[Use]:
    own = _links(sight.writable_own)
    sides = {e.plugin: _links(sight.side_fields(e.plugin)) for e in noun.extensions}
    parts = {name: _links(sight.line_fields(name, writing=True)) for name in noun.lines}
    for n, data in enumerate(items):
        for name, field in own.items():
            if _refers(data.get(name)):
                yield Use(n, data, name, name, field)
        for plugin, fields in sides.items():
            row = data.get(plugin)
            if not isinstance(row, dict):
                continue
            for name, field in fields.items():
                if _refers(row.get(name)):
                    yield Use(n, row, name, f"{plugin}.{name}", field)
        for part, fields in parts.items():
            rows = data.get(part)
            for at, row in enumerate(rows if isinstance(rows, list) else ()):
                if not isinstance(row, dict):
                    continue
                for name, field in fields.items():
                    if _refers(row.get(name)):
                        yield Use(n, row, name, f"{part}.{at}.{name}", field)


def _links(fields: dict[str, Field]) -> dict[str, Link]:
    return {name: field for name, field in fields.items() if isinstance(field, Link)}


def _refers(value: Any) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)


def _resolve_names(uses: Sequence[Use], facts: Facts, errors: list[dict[str, Text | str]]) -> None:
    named = [use for use in uses if isinstance(use.row[use.name], str)]
    if not named:
        return
    field = named[0].field
    known = _keys_by_name(field, {use.row[use.name][:200] for use in named}, facts)
    for use in named:
        keys = known.get(use.row[use.name], set())
        if len(keys) == 1:
            (use.row[use.name],) = keys
        else:
            said = {"name": str(use.row[use.name]).strip()[:60]}
            errors[use.item][use.path] = sentence("link_many" if keys else "link_named", said)


def _keys_by_name(field: Link, names: set[str], facts: Facts) -> dict[str, set[Any]]:
    """Documents by their identity or title; where the key itself is a word, by that too."""
    model, noun, session = field.target, field.noun, facts.uow.session
    key = key_of(model)
    found: dict[str, set[Any]] = defaultdict(set)
    columns = {noun.identity, noun.title}
    columns = columns - {noun.key} if field.numbered else columns | {noun.key}

    def look(statement: Any) -> None:
        statement = statement.options(*session.info["scope"])
        for value, text in session.execute(statement, execution_options={SCOPED: True}):
            found[text].add(value)

    for column in columns:
        attribute = getattr(model, column)
        look(select(key, attribute).where(attribute.in_(names)))
    for code in noun.resource.codes:
        unknown = names - found.keys()
        if unknown:
            look(_coded(model, key, code, unknown))
    return found


def _coded(model: type[Any], key: Any, code: str, names: set[str]) -> Any:
    """Documents by a code of their own, or by one of the rows of a relationship."""
    relation, dot, column = code.rpartition(".")
    if not dot:
        attribute = getattr(model, column)
        return select(key, attribute).where(attribute.in_(names))
    way = getattr(model, relation)
    attribute = getattr(way.property.mapper.class_, column)
    return select(key, attribute).join(way).where(attribute.in_(names))


def _fetch(uses: Sequence[Use], facts: Facts, errors: list[dict[str, Text | str]]) -> None:
    model = uses[0].field.target
    settled = [use for use in uses if use.path not in errors[use.item]]
    facts.prefetch(model, {use.row[use.name] for use in settled if _fits(use)})
    for use in settled:
        key = use.row[use.name]
        # A number that is no key names nothing; a text is read as a key, and refused, later.
        nothing = facts.get(model, key) is None if _fits(use) else isinstance(key, int)
        if nothing:
            errors[use.item][use.path] = sentence("link")


def _fits(use: Use) -> bool:
    value = use.row[use.name]
    return not use.field.numbered or (isinstance(value, int) and 0 < value < 2**53)
