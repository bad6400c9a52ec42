"""The notices of one reader, without those of documents that they no longer see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.events import DocumentRef
from dougong.notices.models import Notice
from dougong.notices.wording import icon_of, way_to, words
from dougong.resources.documents.beside import seen_documents
from dougong.resources.documents.reading import headed

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Nouns

#: So many are looked through and shown.
MOST = 200


@dataclass(frozen=True)
class Told:
    """A notice, ready to be read."""

    id: int
    text: str
    icon: str
    #: What kind of document, and what it is called.
    one: str
    title: str
    url: str
    document: str
    document_id: int
    kind: str
    at: dt.datetime
    read: bool


def notices_of(
    session: Session, nouns: Nouns, actor: Actor, *, unread: bool = False, most: int = MOST
) -> list[Told]:
    """The reader's notices, the newest first; the session is theirs."""
    if actor.user_id is None:
        return []
    question = select(Notice).where(Notice.user_id == actor.user_id)
    if unread:
        question = question.where(Notice.read_at.is_(None))
    rows = session.scalars(question.order_by(Notice.id.desc()).limit(most)).all()
    return readable(session, nouns, actor, rows)


def readable(session: Session, nouns: Nouns, actor: Actor, rows: Sequence[Notice]) -> list[Told]:
    """Those of the notices whose documents the reader sees, in words."""
    refs = [DocumentRef(row.document, row.document_id) for row in rows]
    seen = seen_documents(session, nouns, actor, refs)
    found = []
    for row, ref in zip(rows, refs, strict=True):
        if ref not in seen:
            continue
        noun, title = seen[ref]
        kind, facts = row.kind, row.facts
        found.append(
            Told(
                id=row.id, text=words(kind, facts, noun), icon=icon_of(kind, facts),
                one=str(noun.one), title=headed(title), url=way_to(kind, facts, noun, row.document_id),
                document=noun.name, document_id=row.document_id, kind=kind, at=row.at,
                read=row.read_at is not None,
            )
        )  # fmt: skip
    return found
