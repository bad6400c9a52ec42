"""Documents as plain values: one with its lines, and what the linked ones are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dougong.errors import Forbidden, NotFound
from dougong.i18n import _
from dougong.resources.documents.facts import key_of
from dougong.resources.fields import Field, Link

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import UnitOfWork


def require_read(noun: Noun, sight: Sight) -> None:
    """Go on only with the right to read this noun."""
    if not sight.read:
        raise Forbidden(f"{noun.rights.name}.read")


def get(session: Session, noun: Noun, sight: Sight, key: Any) -> Any:
    """One document with its lines and side tables, to look at; a fixed number of statements."""
    require_read(noun, sight)
    options = [selectinload(part) for part in noun.loaded]
    statement = select(noun.model).where(key_of(noun.model) == key).options(*options)
    if noun.resource.rule:
        statement = statement.where(noun.resource.rule(noun.model))
    document = session.scalar(statement)
    if document is None:
        raise NotFound(noun.one, key)
    return document


def several(session: Session, noun: Noun, sight: Sight, keys: Iterable[Any]) -> list[Any]:
    """Documents with their lines and side tables, to look at, in this order; raises `NotFound`."""
    require_read(noun, sight)
    keys, column = list(dict.fromkeys(keys)), key_of(noun.model)
    options = [selectinload(part) for part in noun.loaded]
    statement = select(noun.model).where(column.in_(keys)).options(*options)
    if noun.resource.rule:
        statement = statement.where(noun.resource.rule(noun.model))
    found = {getattr(row, noun.key): row for row in session.scalars(statement)}
    for key in keys:
        if key not in found:
            raise NotFound(noun.one, key)
    return [found[key] for key in keys]


def load(uow: UnitOfWork, noun: Noun, sight: Sight, keys: Iterable[Any]) -> list[Any]:
    """Documents with their lines and side tables, to work on, in this order."""
    require_read(noun, sight)
    keys = list(dict.fromkeys(keys))
    if noun.resource.rule:
        _check_rule(uow, noun, keys)
    if noun.key == "id":
        return uow.load(noun.model, keys, *noun.loaded)
    options = [selectinload(part) for part in noun.loaded]
    statement = select(noun.model).where(key_of(noun.model).in_(keys)).options(*options)
    found = {getattr(row, noun.key): row for row in uow.session.scalars(statement)}
    for key in keys:
        if key not in found:
            raise NotFound(noun.one, key)
    return [found[key] for key in keys]


def _check_rule(uow: UnitOfWork, noun: Noun, keys: Sequence[Any]) -> None:
    column, rule = key_of(noun.model), noun.resource.rule
    assert rule is not None
    found = set(uow.session.scalars(select(column).where(column.in_(keys), rule(noun.model))))
    for key in keys:
        if key not in found:
            raise NotFound(noun.one, key)


def read(noun: Noun, document: Any, sight: Sight) -> dict[str, Any]:
    """Everything these eyes may see of a document, as plain Python values."""
    data: dict[str, Any] = {}
    for name, field in sight.fields.items():
        if not field.hops:
            data[name] = getattr(document, field.key)
        elif len(field.hops) == 1 and field.hops[0].endswith("_ext"):
            side = getattr(document, field.hops[0])
            data[name] = None if side is None else getattr(side, field.key)
    for name in noun.lines:
        fields = sight.line_fields(name)
        data[name] = [
            {"id": line.id} | {k: getattr(line, f.key) for k, f in fields.items()}
            for line in getattr(document, name)
        ]
    return data


def plain(fields: Mapping[str, Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON says them."""
    return {name: field.plain(data[name]) for name, field in fields.items() if name in data}


def plain_document(noun: Noun, sight: Sight, data: Mapping[str, Any]) -> dict[str, Any]:
    """What `read` gave, as JSON says it: side tables nested under their plugin's name."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name in noun.lines:
            fields = sight.line_fields(name)
            found[name] = [_line(fields, row) for row in value or ()]
        elif name in sight.fields:
            plugin, dot, last = name.partition(".")
            said = sight.fields[name].plain(value)
            if dot:
                found.setdefault(plugin, {})[last] = said
            else:
                found[name] = said
        elif isinstance(value, dict):
            found[name] = dict(value)
    return found


def _line(fields: Mapping[str, Field], row: Mapping[str, Any]) -> dict[str, Any]:
    key = {"id": row["id"]} if row.get("id") else {}
    return key | plain(fields, row)


def labels(
    session: Session, noun: Noun, documents: Sequence[Mapping[str, Any]], sight: Sight
) -> dict[tuple[type[Any], Any], str]:
    """What linked documents are called, by (model, key): one statement a linked model."""
    wanted: dict[type[Any], set[Any]] = defaultdict(set)
    nouns: dict[type[Any], Noun] = {}
    for data in documents:
        _collect(sight.fields, [data], wanted, nouns)
        for name in noun.lines:
            _collect(sight.line_fields(name), data.get(name) or (), wanted, nouns)
    found: dict[tuple[type[Any], Any], str] = {}
    for model, keys in wanted.items():
        if keys:
            column, title = key_of(model), getattr(model, nouns[model].title)
            rows = session.execute(select(column, title).where(column.in_(keys)))
            found |= {(model, key): called(text, key) for key, text in rows}
    return found


def names_of(session: Session, link: Link, keys: Sequence[Any]) -> dict[tuple[Any, Any], str]:
    """What the documents behind a link are called, by (model, key)."""
    column, title = key_of(link.target), getattr(link.target, link.noun.title)
    rows = session.execute(select(column, title).where(column.in_(keys)))
    return {(link.target, key): called(text, key) for key, text in rows}


def called(title: Any, key: Any) -> str:
    """What a document is called: its title, or its key while it has none."""
    return f"#{key}" if title is None else str(title)


def headed(title: Any) -> str:
    """What a document is called where its number is looked for; a draft may have none yet."""
    return str(title) if title not in (None, "") else str(_("unnumbered"))


def _collect(
    fields: Mapping[str, Field],
    rows: Iterable[Mapping[str, Any]],
    wanted: dict[type[Any], set[Any]],
    nouns: dict[type[Any], Noun],
) -> None:
    links = {name: field for name, field in fields.items() if isinstance(field, Link)}
    for row in rows:
        for name, field in links.items():
            key = row.get(name)
            if key is not None and (isinstance(key, int) or not field.numbered):
                wanted[field.target].add(key)
                nouns[field.target] = field.noun
