"""Put a file beside a document, read it, take it away."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from dougong.errors import Forbidden, NotFound, Refused
from dougong.files.kinds import kind_of
from dougong.files.models import File, FileContent
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork

#: Bytes of one file; files of one document; bytes of all files of the house.
LONGEST, MOST, ROOM = 10 * 1024 * 1024, 50, 20 * 1024**3
#: Signs that no file name keeps: ways, controls, and what turns the reading direction round.
UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def add_file(uow: UnitOfWork, noun: Noun, document_id: int, name: str, content: bytes) -> File:
    """Put a file beside a document that this person may change."""
    _seen(uow.session, noun, uow.actor, document_id)
    uow.require(f"{noun.rights.name}.write")
    name = safe_name(name)
    if not content:
        raise Refused(_("%(name)s is empty.", name=name))
    if len(content) > LONGEST:
        raise Refused(_("%(name)s is larger than %(most)s MB.", name=name, most=LONGEST >> 20))
    kind = kind_of(name, content)
    if not kind:
        raise Refused(
            _(
                "%(name)s is of a kind that is not taken. PDF, pictures, office documents and plain"
                " texts are, when their names fit.",
                name=name,
            )
        )
    if count_files(uow.session, noun, document_id) >= MOST:
        raise Refused(_("A document has room for %(most)s files.", most=MOST))
    if (uow.session.scalar(select(func.sum(File.size))) or 0) + len(content) > ROOM:
        raise Refused(_("There is no room for more files; ask your administrator."))
    file = File(
        document=_named(noun),
        document_id=document_id,
        name=name,
        kind=kind,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        user_id=uow.actor.user_id,
        author=uow.actor.name,
        added_at=uow.now,
    )
    uow.add(file)
    uow.add(FileContent(file_id=file.id, content=content))
    return file


def safe_name(name: str) -> str:
    """A file's name without a way before it or signs that deceive; its ending stays."""
    name = UNSAFE.sub("", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > 120 and dot:
        name = f"{stem[: 118 - len(ending)]}.{ending[:20]}"
    return name[:120] or str(_("file"))


def take_away_file(uow: UnitOfWork, noun: Noun, document_id: int, file_id: int) -> None:
    """Take away one's own file; others' only with the right to delete such documents."""
    _seen(uow.session, noun, uow.actor, document_id)
    uow.require(f"{noun.rights.name}.write")
    file = uow.get(File, file_id)
    if (file.document, file.document_id) != (_named(noun), document_id):
        raise NotFound(_("file"), file_id)
    if file.user_id != uow.actor.user_id and not uow.actor.may(f"{noun.rights.name}.delete"):
        raise Forbidden(f"{noun.rights.name}.delete")
    uow.remove(file)


def files_on(session: Session, noun: Noun, actor: Actor, document_id: int) -> Sequence[File]:
    """The files beside a document the reader may see, the newest first."""
    _seen(session, noun, actor, document_id)
    return session.scalars(_beside(noun, document_id).order_by(File.id.desc()).limit(MOST)).all()


def read_file(
    session: Session, noun: Noun, actor: Actor, document_id: int, file_id: int
) -> tuple[File, bytes]:
    """One file with its bytes; raises `NotFound` where it is beside another document."""
    file = find_file(session, noun, actor, document_id, file_id)
    return file, content_of(session, file)


def find_file(session: Session, noun: Noun, actor: Actor, document_id: int, file_id: int) -> File:
    """What is known of one file; raises `NotFound` where it is beside another document."""
    _seen(session, noun, actor, document_id)
    file = session.scalar(_beside(noun, document_id).where(File.id == file_id))
    if file is None:
        raise NotFound(_("file"), file_id)
    return file


def content_of(session: Session, file: File) -> bytes:
    """The bytes of a file that was found."""
    return session.scalars(select(FileContent.content).where(FileContent.file_id == file.id)).one()


def count_files(session: Session, noun: Noun, document_id: int) -> int:
    """How many files there are beside a document that the reader sees already."""
    question = select(func.count(File.id)).where(
        File.document == _named(noun), File.document_id == document_id
    )
    return session.scalar(question) or 0


def files_of(session: Session, noun: Noun, ids: Sequence[int]) -> Sequence[File]:
    """The files beside documents that go; they go with them."""
    question = select(File).where(File.document == _named(noun), File.document_id.in_(ids))
    return session.scalars(question).all()


def _beside(noun: Noun, document_id: int) -> Select[File]:
    return select(File).where(File.document == _named(noun), File.document_id == document_id)


def _named(noun: Noun) -> str:
    """Two lists may show the same documents; their files are the same."""
    return noun.document or noun.name


def _seen(session: Session, noun: Noun, actor: Actor, document_id: int) -> None:
    """Go on only where the document is there for these eyes."""
    actor.require(f"{noun.rights.name}.read")
    question = select(noun.model.id).where(noun.model.id == document_id)
    if noun.resource.rule:
        question = question.where(noun.resource.rule(noun.model))
    if session.scalar(question) is None:
        raise NotFound(noun.one, document_id)
