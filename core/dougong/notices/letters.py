"""Notices by mail: at once for those who want it, else one letter a day; each notice goes once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, or_, select, update

from dougong.errors import DougongError
from dougong.i18n import _, ngettext, speaking
from dougong.mail.links import page_of
from dougong.mail.service import mail_is_set, send_mail
from dougong.notices.events import NoticesDue
from dougong.notices.models import DIGEST, Notice, NoticeWay
from dougong.notices.queries import Told, readable
from dougong.people.users.models import User
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

#: What is older was seen in the bell, or never will be.
FRESH = dt.timedelta(days=7)
#: How long a notice stays.
KEPT = dt.timedelta(days=180)
#: Notices that one letter tells.
MOST = 50


def send_letters(uow: UnitOfWork, events: Sequence[NoticesDue]) -> None:
    """Write to each person, in their language, what they may still see and have not read."""
    if not mail_is_set(uow):
        return
    letters = (_letter(uow, event) for event in events)
    send_mail(uow, [letter for letter in letters if letter is not None])


def daily_letters(uow: UnitOfWork) -> None:
    """Hand over one letter a person for what no letter has told; then sweep out what is old."""
    uow.session.connection().execute(delete(Notice).where(Notice.at < uow.now - KEPT))
    if not mail_is_set(uow):
        return
    waiting = (
        select(Notice.id, Notice.user_id, Notice.company_id)
        .outerjoin(NoticeWay, NoticeWay.user_id == Notice.user_id)
        .where(Notice.told_at.is_(None), Notice.read_at.is_(None), Notice.at >= uow.now - FRESH)
        .where(or_(NoticeWay.way.is_(None), NoticeWay.way == DIGEST))
        .order_by(Notice.id)
        .with_for_update(of=Notice)
    )
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for id, user_id, company_id in uow.session.execute(waiting):
        found[user_id, company_id].append(id)
    for (user_id, company_id), ids in found.items():
        uow.session.execute(
            update(Notice).where(Notice.id.in_(ids)).values(told_at=uow.now),
            execution_options={"synchronize_session": False},
        )
        uow.publish(NoticesDue(user_id=user_id, company_id=company_id, notices=tuple(ids[-MOST:])))


def _letter(uow: UnitOfWork, event: NoticesDue) -> EmailMessage | None:
    person = uow.session.scalar(
        select(User).where(User.id == event.user_id, User.active), execution_options={SCOPED: True}
    )
    if person is None or not person.email:
        return None
    with speaking(person.language):
        told = _visible(uow, event)
        if not told:
            return None
        letter = EmailMessage()
        letter["To"], letter["Subject"] = person.email, _subject(told)
        lines = [f"{one.one} {one.title}: {one.text}.\n{page_of(uow, one.url)}" for one in told]
        lines.append(
            str(
                _(
                    "How you hear of this is chosen here: %(page)s",
                    page=page_of(uow, "/core/notices"),
                )
            )
        )
        letter.set_content("\n\n".join(lines) + "\n")
        return letter


def _subject(told: Sequence[Told]) -> str:
    if len(told) == 1:
        return f"{told[0].one} {told[0].title}: {told[0].text}"
    return str(ngettext("%(number)s notice", "%(number)s notices", len(told)))


def _visible(uow: UnitOfWork, event: NoticesDue) -> list[Told]:
    """What the person may see now, with the rights they have today."""
    house: Any = uow.house
    if house.restore_actor is None:
        return []
    try:
        reader = house.restore_actor(event.user_id, event.company_id)
    except DougongError:
        return []
    with house.read(reader) as session:
        rows = session.scalars(
            select(Notice)
            .where(Notice.id.in_(event.notices), Notice.read_at.is_(None))
            .order_by(Notice.id)
        ).all()
        return readable(session, house.nouns, reader, rows)
