"""Follow a document, let others follow it, stop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.errors import NotFound, Refused
from dougong.events import DocumentRef
from dougong.following.models import Follower
from dougong.i18n import _
from dougong.notices.service import tell
from dougong.people.users.models import User
from dougong.resources.documents.beside import named, place_of, require_reader, require_seen
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    import datetime as dt

    from dougong.actors import Actor
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork

#: People on one document.
MOST = 100


class Following(NamedTuple):
    """One follower, by name."""

    user_id: int
    name: str
    since: dt.datetime


def follow(uow: UnitOfWork, noun: Noun, document_id: int, user_id: int | None = None) -> bool:
    """Follow a document, or let somebody else follow it who may read it; whether that is new.

    Raises `MayNotRead` where the document is not for them.
    """
    require_seen(uow.session, noun, uow.actor, [document_id])
    who = user_id if user_id is not None else _me(uow)
    if who != uow.actor.user_id:
        require_reader(uow.session, noun, who, [document_id])
    here = place_of(noun, document_id)
    known = following(uow.session, here)
    if len(known) >= MOST:
        raise Refused(_("A document has at most %(most)s followers.", most=MOST))
    fresh = keep_following(uow, here, [who], known)
    if fresh:
        tell(uow, "follower", here, fresh, who=uow.actor.name)
    return bool(fresh)


def unfollow(uow: UnitOfWork, noun: Noun, document_id: int, user_id: int | None = None) -> None:
    """Hear no more of a document; others are taken off by those who may change it."""
    require_seen(uow.session, noun, uow.actor, [document_id])
    who = user_id if user_id is not None else _me(uow)
    if who != uow.actor.user_id:
        uow.require(f"{noun.rights.name}.write")
    question = select(Follower).where(
        Follower.document == named(noun),
        Follower.document_id == document_id,
        Follower.user_id == who,
    )
    row = uow.session.scalar(question)
    if row is None:
        if who == uow.actor.user_id:
            return
        raise NotFound(_("follower"), who)
    uow.remove(row)


def followers_of(
    session: Session, noun: Noun, actor: Actor, document_id: int
) -> Sequence[Following]:
    """Who follows a document that the reader may see, by name."""
    require_seen(session, noun, actor, [document_id])
    question = (
        select(Follower.user_id, User.name, Follower.since)
        .join(User, User.id == Follower.user_id)
        .where(Follower.document == named(noun), Follower.document_id == document_id)
        .order_by(User.name, User.id)
    )
    rows = session.execute(question, execution_options={SCOPED: True})
    return [Following(*row) for row in rows]


def following(session: Session, here: DocumentRef) -> set[int]:
    """The ids of those who follow a document."""
    question = select(Follower.user_id).where(
        Follower.document == here.kind, Follower.document_id == here.id
    )
    return set(session.scalars(question))


def keep_following(
    uow: UnitOfWork, here: DocumentRef, people: Iterable[int | None], known: set[int] | None = None
) -> list[int]:
    """Make followers of those who may read the document, which the caller knows; returns the new ones."""
    wanted = {id for id in people if id is not None}
    fresh = sorted(wanted - (following(uow.session, here) if known is None else known))
    uow.add(
        *(
            Follower(document=here.kind, document_id=here.id, user_id=id, since=uow.now)
            for id in fresh
        )
    )
    return fresh


def _me(uow: UnitOfWork) -> int:
    if uow.actor.user_id is None:
        raise Refused(_("The house itself follows nothing; name a person."))
    return uow.actor.user_id
