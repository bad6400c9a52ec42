"""What the search box of a list suggests: conditions in which the typed words make sense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from flask import g, request
from flask.typing import ResponseReturnValue

from dougong.resources import filters
from dougong.resources.fields import Choice, Day, Link
from dougong.resources.fields.periods import PERIODS
from dougong.tags.service import tags_like
from dougong.web.resources.common import base_of, draw, find, pages, reading
from dougong.web.resources.links import named_like
from dougong.web.resources.wording import OPERATORS, label_of
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.sight import Sight

MOST, EACH, MOST_TEXTS, LONGEST = 9, 3, 3, 80


@dataclass(frozen=True)
class Suggestion:
    """A condition, in words and as a parameter of the list."""

    label: str
    said: str
    name: str
    value: str
    #: What stands between the label and what is said, where it is no plain “is”.
    verb: str = ""


@pages.get("/<plugin>/<slug>/suggest")
@signed_in
def suggest(plugin: str, slug: str) -> ResponseReturnValue:
    """Conditions for the typed words, each as the address of the list narrowed by it."""
    noun, sight = find(plugin, slug)
    text = request.args.get("_q", "").strip()[:LONGEST].replace("\x00", "")
    kept = [
        (k, v)
        for k, v in parse_qsl(request.args.get("_query", "")[:8000])
        if k not in ("q", "after", "before", "view")
    ]
    found: list[tuple[Suggestion, str]] = []
    if text:
        with reading() as session:
            for one in _suggestions(session, sight, text):
                found.append((one, f"{base_of(noun)}?{urlencode([*kept, (one.name, one.value)])}"))
                if len(found) == MOST:
                    break
    return draw("_suggest.html", noun, sight, found=found)


def _suggestions(session: Session, sight: Sight, text: str) -> Iterator[Suggestion]:
    """The surest first: names that are there, then words in a field."""
    low = text.casefold()
    searched = sight.names(sight.noun.resource.search)
    texts = []
    yield from _tagged(session, sight, text)
    for name in dict.fromkeys((*sight.names(sight.noun.filters), *searched)):
        field = sight.queryable.get(name)
        if field is None:
            continue
        label = label_of(sight, name)
        if isinstance(field, Choice):
            yield from _few(label, filters.parameter(name), low, field.choices)
        elif isinstance(field, Day):
            yield from _few(label, f"{name}.during", low, PERIODS)
        elif isinstance(field, Link):
            yield from _linked(session, sight, label, field, text)
        elif "has" in field.operators:
            texts.append(Suggestion(label, text, f"{name}.has", text, str(OPERATORS["has"])))
    # The record's own words, as its name, before those that only narrow the list.
    texts.sort(key=lambda one: one.name.removesuffix(".has") not in searched)
    yield from texts[:MOST_TEXTS]


def _tagged(session: Session, sight: Sight, text: str) -> Iterator[Suggestion]:
    field = sight.queryable.get("tags")
    if field is not None and field.virtual:
        for _id, name, _colour in tags_like(session, sight.noun, text, EACH):
            yield Suggestion(str(field.label), name, "tags", name)


def _few(label: str, name: str, low: str, words: Any) -> Iterator[Suggestion]:
    fitting = [(k, str(said)) for k, said in words.items() if low in str(said).casefold()]
    for key, said in fitting[:EACH]:
        yield Suggestion(label, said, name, str(key))


def _linked(
    session: Session, sight: Sight, label: str, field: Link, text: str
) -> Iterator[Suggestion]:
    way = sight.way(field.target)
    if way is None:
        return
    for key, title, _code in list(named_like(session, way.sight(g.actor.rights), text))[:EACH]:
        yield Suggestion(label, str(title), filters.parameter(field.name), str(key))
