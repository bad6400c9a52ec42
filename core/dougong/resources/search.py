"""One search over all nouns: by the fields each names for it, as far as the actor may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from dougong.resources import lists
from dougong.resources.documents.reading import called

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun, Nouns

#: One Latin letter finds everything; one Chinese character is a word.
LEAST_LETTERS = 2
EACH = 5


@dataclass(frozen=True)
class Hit:
    """A document in which the words occur."""

    noun: Noun
    key: Any
    label: str

    @property
    def url(self) -> str:
        """Its page."""
        return f"/{self.noun.plugin}/{self.noun.slug}/{self.key}"


def everywhere(
    session: Session, nouns: Nouns, actor: Actor, words: str, each: int = EACH
) -> list[Hit]:
    """The first documents of every noun in which all the words occur."""
    words = words.strip()[:200].replace("\x00", "")
    if not words or (len(words) < LEAST_LETTERS and words.isascii()):
        return []
    hits: list[Hit] = []
    for noun in nouns:
        sight = noun.sight(actor.rights)
        if sight.read and sight.names(noun.resource.search) and sight.sees(noun.title):
            hits += _in_noun(session, lists.Query(sight, [], [], [], q=words, size=each))
    return hits


def _in_noun(session: Session, query: lists.Query) -> Iterator[Hit]:
    query.columns = [query.sight.fields[query.noun.title]]
    found, _following, _before = lists.rows(session, query)
    for row in found:
        yield Hit(query.noun, row[0], called(row[1], row[0]))
