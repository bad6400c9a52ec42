"""Documents as the API says them, and linked documents where they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.resources import documents
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import called
from dougong.resources.fields import Link

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

MOST_EXPANDED = 8


def represent(noun: Noun, sight: Sight, document: Any) -> dict[str, Any]:
    """A document as its Out schema says."""
    said = documents.plain_document(noun, sight, documents.read(noun, document, sight))
    allowed = sight.output.model_fields
    answer = {name: value for name, value in said.items() if name in allowed}
    answer["id"] = getattr(document, noun.key)
    if noun.versioned:
        answer["version"] = document.version
    return answer


def expandable(sight: Sight, rights: frozenset[str]) -> dict[str, Link]:
    """The links that may be expanded: those to nouns which these eyes may read."""
    found: dict[str, Link] = {}
    for name, field in sight.own.items():
        if isinstance(field, Link):
            found[name] = field
    for part in sight.noun.lines:
        for name, field in sight.line_fields(part).items():
            if isinstance(field, Link):
                found[f"{part}.{name}"] = field
    return {n: f for n, f in found.items() if f.noun.sight(rights).read}


def expand(
    session: Session,
    sight: Sight,
    rights: frozenset[str],
    items: Sequence[dict[str, Any]],
    wanted: str,
) -> None:
    """Put what is linked in the place of its key; one statement a link."""
    names = [name for name in wanted.split(",") if name]
    allowed = expandable(sight, rights)
    for name in names:
        if name not in allowed or len(names) > MOST_EXPANDED:
            raise BadQuery(_("%(name)s cannot be expanded.", name=name[:60]))
    for name in names:
        _expand(session, allowed[name], rights, name, items)


def _expand(
    session: Session,
    link: Link,
    rights: frozenset[str],
    name: str,
    items: Sequence[dict[str, Any]],
) -> None:
    places = [(row, last) for row, last in _places(items, name) if row.get(last) is not None]
    keys = {_key(row[last]) for row, last in places}
    if not keys:
        return
    noun, column = link.noun, key_of(link.target)
    sight = noun.sight(rights)
    found = {
        getattr(row, noun.key): _own(noun, sight, row)
        for row in session.scalars(select(link.target).where(column.in_(keys)))
    }
    for row, last in places:
        key = _key(row[last])
        row[last] = found.get(key) or {"id": key}


def _places(items: Iterable[dict[str, Any]], name: str) -> Iterator[tuple[dict[str, Any], str]]:
    part, dot, last = name.partition(".")
    for item in items:
        if dot:
            for row in item.get(part) or ():
                yield row, last
        else:
            yield item, part


def _key(value: Any) -> Any:
    return value["id"] if isinstance(value, dict) else value


def _own(noun: Noun, sight: Sight, row: Any) -> dict[str, Any]:
    own = documents.plain(sight.own, {n: getattr(row, f.key) for n, f in sight.own.items()})
    key = getattr(row, noun.key)
    return {"id": key, "label": called(getattr(row, noun.title), key), **own}
