"""What a document is called above its page and on its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from dougong.i18n import Text
from dougong.resources.documents.reading import names_of

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun


def heading(session: Session, noun: Noun, document: Any) -> Text | str:
    """Its title; without one, the name of what it is about; else what such documents are called.

    A number of the house says nothing to people: a proposal is headed by its product.
    """
    link = noun.lead
    if link is None:
        title = "" if noun.title == "id" else getattr(document, noun.title)
        return str(title) if title else noun.one
    key = getattr(document, link.key)
    if key is None:
        return noun.one
    return names_of(session, link, [key]).get((link.target, key), noun.one)
