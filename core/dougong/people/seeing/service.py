"""Begin and end to look through somebody else's eyes; each look is told in their history."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from dougong.actors import Actor
from dougong.errors import NotFound, Refused
from dougong.i18n import _
from dougong.people.actors import NoCompany, actor_for
from dougong.people.roles.authority import require_as_much
from dougong.people.sessions.models import LogIn
from dougong.people.users.models import User
from dougong.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.wiring import Wiring

RIGHT = "core.user.look"
#: Nobody forgets for longer than this that they are looking.
LONGEST = dt.timedelta(hours=1)


class NotHere(Refused):
    """Somebody works in other companies than whoever wants to look."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "%(name)s does not work in this company. Change to one in which both of you do.",
                name=name,
            )
        )


def begin_look(uow: UnitOfWork, log_in_id: int, user_id: int) -> None:
    """From now on this log-in shows what that person sees.

    Only of whoever may do no more than oneself, and in the company one works in. Raises
    `Forbidden`, `NotFound`, `NotHere`.
    """
    uow.require(RIGHT)
    user = uow.get(User, user_id)
    if not user.active or user.id == uow.actor.user_id:
        raise NotFound(_("person"), user_id)
    require_as_much(uow, [user])
    seen_by(uow.session, uow.actor, user_id, getattr(uow.house, "wiring", None))
    log_in = uow.get(LogIn, log_in_id)
    log_in.as_user_id, log_in.as_until = user.id, uow.now + LONGEST
    uow.record(user, "look", {"page": "…"})


def end_look(uow: UnitOfWork, log_in_id: int) -> int | None:
    """See with one's own eyes again; says as whom one looked."""
    log_in = uow.get(LogIn, log_in_id)
    before = log_in.as_user_id
    log_in.as_user_id = log_in.as_until = None
    return before


def note_look(uow: UnitOfWork, user_id: int, page: str) -> None:
    """Tell the person's history which page was looked at; the actor is whoever really looks."""
    uow.record(uow.get(User, user_id), "look", {"page": page[:200]})


def seen_by(session: Session, looker: Actor, user_id: int, wiring: Wiring | None) -> Actor:
    """The other person as an actor who can change nothing, in no company the looker does not see."""
    try:
        other = actor_for(session, user_id, looker.company_id, wiring=wiring)
    except (NotFound, NoCompany):
        user = session.get(User, user_id)
        if user is None or not user.active:
            raise NotFound(_("person"), user_id) from None
        raise NotHere(user.name) from None
    both = tuple(company for company in other.companies if company in looker.companies)
    return replace(other, companies=both, only_reads=True, request_id=looker.request_id)
