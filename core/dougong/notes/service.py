"""Write a note beside a document, read them, take one's own back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong.errors import Forbidden, Invalid, NotFound
from dougong.following.mentions import mentions
from dougong.following.service import following, keep_following
from dougong.i18n import _
from dougong.notes.models import Note
from dougong.notices.service import tell
from dougong.resources.documents.beside import named, place_of, require_seen

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork

LONGEST = 10_000
#: Notes shown on one document.
MOST = 200


def write_note(uow: UnitOfWork, noun: Noun, document_id: int, text: str) -> Note:
    """Put a note on a document that the writer may see."""
    require_seen(uow.session, noun, uow.actor, [document_id])
    text = text.strip()
    if not text:
        raise Invalid({"text": _("Write something first.")})
    if len(text) > LONGEST:
        raise Invalid({"text": _("At most %(most)s characters.", most=LONGEST)})
    if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text):
        raise Invalid({"text": _("It contains a sign that cannot be shown.")})
    note = Note(
        document=named(noun),
        document_id=document_id,
        text=text,
        user_id=uow.actor.user_id,
        author=uow.actor.name,
        written_at=uow.now,
    )
    uow.add(note)
    _spread(uow, noun, document_id, text)
    return note


def _spread(uow: UnitOfWork, noun: Noun, document_id: int, text: str) -> None:
    """Whoever is mentioned, and whoever follows the document, hears of the note; its writer follows."""
    here = place_of(noun, document_id)
    mentioned = mentions(uow, noun, document_id, text)
    known = following(uow.session, here)
    tell(uow, "mention", here, mentioned, who=uow.actor.name)
    tell(uow, "note", here, known - set(mentioned), who=uow.actor.name)
    keep_following(uow, here, [uow.actor.user_id, *mentioned], known)


def take_back_note(uow: UnitOfWork, noun: Noun, document_id: int, note_id: int) -> None:
    """Remove one's own note from a document."""
    require_seen(uow.session, noun, uow.actor, [document_id])
    note = uow.get(Note, note_id)
    if (note.document, note.document_id) != (named(noun), document_id):
        raise NotFound(_("note"), note_id)
    if note.user_id != uow.actor.user_id:
        raise Forbidden("core.note.delete")
    uow.remove(note)


def notes_on(session: Session, noun: Noun, actor: Actor, document_id: int) -> Sequence[Note]:
    """The notes on a document the reader may see, the newest first."""
    require_seen(session, noun, actor, [document_id])
    question = (
        select(Note)
        .where(Note.document == named(noun), Note.document_id == document_id)
        .order_by(Note.id.desc())
        .limit(MOST)
    )
    return session.scalars(question).all()


def _named(noun: Noun) -> str:
    """Two lists may show the same documents; their notes are the same."""
    return noun.document or noun.name


def count_notes(session: Session, noun: Noun, document_id: int) -> int:
    """How many notes there are on a document that the reader sees already."""
    question = select(func.count(Note.id)).where(
        Note.document == named(noun), Note.document_id == document_id
    )
    return session.scalar(question) or 0
