"""Tell people what happened to a document; mark as read; choose how to hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from dougong.errors import Invalid, NotFound, Refused
from dougong.events import DocumentRef
from dougong.i18n import _
from dougong.notices.events import NoticesDue
from dougong.notices.models import DIGEST, MAIL, WAYS, Notice, NoticeWay

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


def tell(
    uow: UnitOfWork,
    kind: str,
    here: DocumentRef,
    people: Iterable[int | None],
    *,
    by_mail: bool = True,
    **facts: Any,
) -> list[Notice]:
    """Put a notice before these people, except whoever did it; those who want a letter get one.

    Whether they may see the document is asked when they look and when a letter is written. What
    has a letter of its own is told without (``by_mail=False``).
    """
    readers = sorted({id for id in people if id is not None} - {uow.actor.user_id})
    if not readers:
        return []
    at_once = _wanting_mail(uow, readers) if by_mail else set()
    told = dict.fromkeys(at_once, uow.now) if by_mail else dict.fromkeys(readers, uow.now)
    made = [
        Notice(
            user_id=id, kind=kind, facts=facts, document=here.kind, document_id=here.id,
            company_id=uow.company_id, at=uow.now, told_at=told.get(id),
        )
        for id in readers
    ]  # fmt: skip
    uow.add(*made)
    uow.publish(
        NoticesDue(user_id=one.user_id, company_id=uow.company_id, notices=(one.id,))
        for one in made
        if one.user_id in at_once
    )
    return made


def read_notices(uow: UnitOfWork, ids: Sequence[int]) -> None:
    """Mark some of one's own notices as read; raises `NotFound` for others'."""
    mine = select(Notice.id).where(Notice.user_id == (uow.actor.user_id or 0), Notice.id.in_(ids))
    found = set(uow.session.scalars(mine))
    for id in ids:
        if id not in found:
            raise NotFound(_("notice"), id)
    _mark(uow, Notice.id.in_(ids))


def read_all_notices(uow: UnitOfWork) -> None:
    """Mark all of one's own notices as read."""
    _mark(uow)


def read_notices_of(uow: UnitOfWork, here: DocumentRef) -> None:
    """Whoever looks at a document has read what was told of it."""
    _mark(uow, Notice.document == here.kind, Notice.document_id == here.id)


def choose_way(uow: UnitOfWork, way: str) -> None:
    """At once by mail, once a day, or only the bell."""
    if way not in WAYS:
        raise Invalid({"way": _("Choose one of: %(ways)s.", ways=", ".join(WAYS))})
    if uow.actor.user_id is None:
        raise Refused(_("Only a person has notices."))
    row = uow.session.scalar(select(NoticeWay).where(NoticeWay.user_id == uow.actor.user_id))
    if row is None:
        uow.add(NoticeWay(user_id=uow.actor.user_id, way=way))
    else:
        row.way = way


def way_of(session: Any, user_id: int | None) -> str:
    """How somebody hears of notices."""
    question = select(NoticeWay.way).where(NoticeWay.user_id == (user_id or 0))
    return session.scalar(question) or DIGEST


def _wanting_mail(uow: UnitOfWork, readers: Sequence[int]) -> set[int]:
    question = select(NoticeWay.user_id).where(
        NoticeWay.user_id.in_(readers), NoticeWay.way == MAIL
    )
    return set(uow.session.scalars(question))


def _mark(uow: UnitOfWork, *where: Any) -> None:
    uow.flush()
    uow.session.execute(
        update(Notice)
        .where(Notice.user_id == (uow.actor.user_id or 0), Notice.read_at.is_(None), *where)
        .values(read_at=uow.now),
        execution_options={"synchronize_session": False},
    )
