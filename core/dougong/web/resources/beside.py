"""What stands around the form of a document: related documents, and how many notes and files there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, g

from dougong.events import ref
from dougong.files.service import count_files
from dougong.links.queries import trail
from dougong.links.related import related
from dougong.notes.service import count_notes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.nouns import Noun


def beside(session: Session, noun: Noun, document: Any) -> dict[str, Any]:
    """Facts for `_related.html` and `_tabs.html`: three statements, and one a kind of document."""
    if document is None or noun.key != "id":
        return {"related": [], "notes": 0, "files": 0}
    found = []
    if noun.document:
        nouns, here = current_app.extensions["dougong"].nouns, ref(document)
        found = related(trail(session, nouns, g.actor, here), nouns, here)
    return {"related": found, **counts(session, noun, document)}


def counts(session: Session, noun: Noun, document: Any) -> dict[str, int]:
    """How many notes and files there are beside a document."""
    if noun.key != "id":
        return {"notes": 0, "files": 0}
    return {
        "notes": count_notes(session, noun, document.id),
        "files": count_files(session, noun, document.id),
    }
