"""What documents are called: by their title, or, where they have none, by what they are about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.resources.documents.facts import key_of
from dougong.resources.fields import Field, Link
from dougong.resources.joins import Joins

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.formats import Formats
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

#: So many columns say what a document is about.
ENOUGH = 2
BETWEEN = " · "


def titles(
    session: Session, noun: Noun, sight: Sight, keys: Collection[Any], fmt: Formats | None = None
) -> dict[Any, str]:
    """By key, what those that are there are called; a draft without a number has an empty title."""
    called, key = Called(noun, sight), key_of(noun.model)
    rows = session.execute(called.onto(select(key, *called.columns)).where(key.in_(keys)))
    return {at: called.words(values, fmt) for at, *values in rows}


def names(
    session: Session, noun: Noun, sight: Sight, keys: Collection[Any], fmt: Formats | None = None
) -> dict[Any, str]:
    """By key, what those that are there are called; a draft without a number by what it is about."""
    found = titles(session, noun, sight, keys, fmt)
    if nameless := [key for key, title in found.items() if not title]:
        called, key = Called(noun, sight, by_number=False), key_of(noun.model)
        rows = session.execute(called.onto(select(key, *called.columns)).where(key.in_(nameless)))
        found |= {at: called.words(values, fmt) for at, *values in rows}
    return {key: title for key, title in found.items() if title}


class Called:
    """The columns that say what a document is called, for a statement of one's own."""

    def __init__(self, noun: Noun, sight: Sight, *, by_number: bool = True) -> None:
        self.joins, self.about = Joins(noun.model), list[Field]()
        self.columns = [getattr(noun.model, noun.title)]
        if noun.title == noun.key or not by_number:
            self.about = _about(noun, sight)
            self.columns = [self.joins.shown(field) for field in self.about]

    def onto(self, statement: Any) -> Any:
        """The statement with the tables these columns stand in."""
        return self.joins.onto(statement.select_from(self.joins.root))

    def words(self, values: Sequence[Any], fmt: Formats | None = None) -> str:
        """What the values of the columns come to."""
        fields: list[Field | None] = [*self.about] or [None]
        said = zip(fields, values, strict=False)
        return BETWEEN.join(_word(field, value, fmt) for field, value in said if value is not None)


def _about(noun: Noun, sight: Sight) -> list[Field]:
    """The first columns of its list, without its key and its state."""
    state = noun.steps.field if noun.steps else ""
    wanted = [name for name in noun.columns if name not in (noun.key, noun.title, state)]
    fields = [noun.fields[name] for name in sight.names(wanted)]
    return [field for field in fields if not field.many][:ENOUGH]


def _word(field: Field | None, value: Any, fmt: Formats | None) -> str:
    if field is None or fmt is None or isinstance(field, Link):
        return str(value)
    return field.show(value, fmt)
