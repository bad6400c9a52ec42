"""Put tags on documents and take them off; rename and merge them."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from dougong.errors import Invalid, NotFound, Refused
from dougong.i18n import _
from dougong.resources.documents.beside import named, require_seen
from dougong.tags.models import COLOURS, DocumentTag, Tag

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork

LONGEST = 40
#: Tags of one document, and of one department.
MOST, MOST_TAGS = 20, 1000
FEW = 12


class OtherFamily(Refused):
    """Tags of different departments are different things."""

    def __init__(self, one: Tag, other: Tag) -> None:
        super().__init__(
            _(
                "“%(one)s” and “%(other)s” belong to different departments and cannot be merged.",
                one=one.name,
                other=other.name,
            )
        )


def tag_documents(uow: UnitOfWork, noun: Noun, ids: Sequence[int], name: str) -> Tag:
    """Put a tag on these documents, which the actor may change; a new name makes a new tag."""
    _require(uow, noun, ids)
    name = _sound(name)
    tag = _named(uow, noun, name) or _new(uow, noun, name)
    return _put(uow, noun, ids, tag)


def tag_documents_with(uow: UnitOfWork, noun: Noun, ids: Sequence[int], tag_id: int) -> Tag:
    """Put a known tag on these documents."""
    _require(uow, noun, ids)
    return _put(uow, noun, ids, _known(uow, noun, tag_id))


def untag_documents(uow: UnitOfWork, noun: Noun, ids: Sequence[int], tag_id: int) -> None:
    """Take a tag off these documents; those that have it not stay as they are."""
    _require(uow, noun, ids)
    tag = _known(uow, noun, tag_id)
    rows = uow.session.scalars(
        select(DocumentTag).where(
            DocumentTag.tag_id == tag.id,
            DocumentTag.document == named(noun),
            DocumentTag.document_id.in_(ids),
        )
    ).all()
    uow.remove(*rows)
    _tell(uow, noun, [row.document_id for row in rows], "untag", tag.name)


def merge_tags(uow: UnitOfWork, ids: Sequence[int], into: int) -> Tag:
    """Let one tag stand on everything that these are on; they go.

    Raises `OtherFamily` where they belong to different departments.
    """
    uow.require("core.tag.delete")
    kept = uow.get(Tag, into, lock=True)
    gone = uow.load(Tag, [id for id in dict.fromkeys(ids) if id != into], lock=True)
    for tag in gone:
        if tag.family != kept.family:
            raise OtherFamily(tag, kept)
    names = [tag.id for tag in gone]
    uow.flush()
    there = select(DocumentTag.document_id).where(DocumentTag.tag_id == into)
    run: Any = uow.session.execute
    for tag_id in names:
        moved = DocumentTag.tag_id == tag_id
        run(
            delete(DocumentTag).where(moved, DocumentTag.document_id.in_(there)),
            execution_options={"synchronize_session": False},
        )
        run(
            update(DocumentTag).where(moved).values(tag_id=into),
            execution_options={"synchronize_session": False},
        )
    uow.remove(*gone)
    uow.touch(kept)
    return kept


def tags_on(session: Session, noun: Noun, actor: Actor, document_id: int) -> Sequence[Tag]:
    """The tags of a document that the reader may see, by name."""
    require_seen(session, noun, actor, [document_id])
    question = (
        select(Tag)
        .join(DocumentTag, DocumentTag.tag_id == Tag.id)
        .where(DocumentTag.document == named(noun), DocumentTag.document_id == document_id)
        .order_by(Tag.key)
    )
    return session.scalars(question).all()


def tags_like(
    session: Session, noun: Noun, text: str = "", most: int = FEW
) -> list[tuple[int, str, str]]:
    """Tags of a noun's department that are called so: id, name, colour, the most used first."""
    question = (
        select(Tag.id, Tag.name, Tag.colour)
        .outerjoin(DocumentTag, DocumentTag.tag_id == Tag.id)
        .where(Tag.family == noun.plugin)
        .where(Tag.key.contains(text.casefold().strip(), autoescape=True))
        .group_by(Tag.id, Tag.name, Tag.colour, Tag.key)
        .order_by(func.count(DocumentTag.id).desc(), Tag.key)
        .limit(most)
    )
    return [(id, name, colour) for id, name, colour in session.execute(question)]


def _require(uow: UnitOfWork, noun: Noun, ids: Sequence[int]) -> None:
    require_seen(uow.session, noun, uow.actor, ids)
    uow.require(f"{noun.rights.name}.write")


def _known(uow: UnitOfWork, noun: Noun, tag_id: int) -> Tag:
    question = select(Tag).where(Tag.id == tag_id, Tag.family == noun.plugin)
    tag = uow.session.scalar(question)
    if tag is None:
        raise NotFound(_("tag"), tag_id)
    return tag


def _named(uow: UnitOfWork, noun: Noun, name: str) -> Tag | None:
    known = (Tag.family == noun.plugin, Tag.key == name.casefold()[:60])
    return uow.session.scalar(select(Tag).where(*known))


def _sound(name: str) -> str:
    """The name without needless spaces; raises `Invalid` for what is none."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable() or ":" in name:
        raise Invalid(
            {
                "name": _(
                    "A tag has a name of at most %(most)s characters, without “:”.", most=LONGEST
                )
            },
            HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    return name


def _new(uow: UnitOfWork, noun: Noun, name: str) -> Tag:
    count = uow.session.scalar(select(func.count(Tag.id)).where(Tag.family == noun.plugin)) or 0
    if count >= MOST_TAGS:
        raise Refused(_("A department has at most %(most)s tags; use one of them.", most=MOST_TAGS))
    # Another colour each time, so that they can be told apart at a glance.
    tag = Tag(family=noun.plugin, name=name, colour=COLOURS[1 + count % (len(COLOURS) - 1)])
    uow.add(tag)
    return tag


def _put(uow: UnitOfWork, noun: Noun, ids: Sequence[int], tag: Tag) -> Tag:
    rows = uow.session.execute(
        select(DocumentTag.document_id, DocumentTag.tag_id).where(
            DocumentTag.document == named(noun), DocumentTag.document_id.in_(ids)
        )
    ).all()
    has = {id for id, tag_id in rows if tag_id == tag.id}
    fresh = [id for id in dict.fromkeys(ids) if id not in has]
    for id in fresh:
        if sum(1 for other, _tag in rows if other == id) >= MOST:
            raise Refused(_("A document has at most %(most)s tags.", most=MOST))
    uow.add(*(DocumentTag(tag_id=tag.id, document=named(noun), document_id=id) for id in fresh))
    _tell(uow, noun, fresh, "tag", tag.name)
    return tag


def _tell(uow: UnitOfWork, noun: Noun, ids: Sequence[int], action: str, name: str) -> None:
    """The history of the documents says which tag came or went."""
    if not ids or not noun.document or not noun.audited:
        return
    for document in uow.load(noun.model, ids):
        uow.record(document, action, {"tag": name})
