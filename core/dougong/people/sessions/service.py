"""Opening and closing log-ins. A browser holds a random key; only its hash is here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from dougong.errors import NotFound
from dougong.i18n import _
from dougong.people.secrets import hashed, new_key
from dougong.people.sessions.models import Attempts, LogIn
from dougong.people.users.models import User, UserCompany
from dougong.unit_of_work import UnitOfWork

#: A log-in ends after this time whatever happens, and after `IDLE` without a click.
LONGEST = dt.timedelta(days=30)
IDLE = dt.timedelta(hours=12)
#: Failed attempts are forgotten after this time without another.
MEMORY = dt.timedelta(hours=24)
#: Time to type the code of the second factor.
HALFWAY = dt.timedelta(minutes=10)


def open_log_in(
    uow: UnitOfWork, user: User, *, address: str, agent: str, complete: bool = True
) -> tuple[LogIn, str]:
    """A new log-in and its key, which only the browser gets."""
    key = new_key()
    log_in = LogIn(
        key=hashed(key),
        user_id=user.id,
        company_id=user.company_id,
        complete=complete,
        csrf=new_key(),
        created_at=uow.now,
        seen_at=uow.now,
        idle_seconds=int((idle_time(uow) if complete else HALFWAY).total_seconds()),
        ends_at=uow.now + (LONGEST if complete else HALFWAY),
        proven_at=uow.now,
        address=address[:45],
        user_agent="".join(c for c in agent if c.isprintable())[:200],
    )
    uow.add(log_in)
    return log_in, key


def idle_time(uow: UnitOfWork) -> dt.timedelta:
    """How long a log-in lasts without a click: a setting, twelve hours from the start."""
    try:
        return dt.timedelta(hours=int(uow.setting("core.session_hours")))
    except LookupError:
        return IDLE


def renew_log_in(uow: UnitOfWork, log_in_id: int) -> str:
    """Give a log-in a new key, as after every change of what it may do; the old one opens nothing."""
    log_in = uow.get(LogIn, log_in_id)
    key = new_key()
    log_in.key, log_in.csrf, log_in.proven_at = hashed(key), new_key(), uow.now
    return key


def close_log_ins(uow: UnitOfWork, users: Sequence[int], *, keep: int | None = None) -> None:
    """End every log-in of these people, except one."""
    for log_in in uow.session.scalars(select(LogIn).where(LogIn.user_id.in_(users))):
        if log_in.id != keep:
            uow.remove(log_in)


def close_log_in(uow: UnitOfWork, log_in_id: int) -> None:
    """End one log-in: one's own, or with the right to do so somebody's."""
    log_in = uow.session.scalars(select(LogIn).where(LogIn.id == log_in_id)).first()
    allowed = log_in is not None and (
        log_in.user_id == uow.actor.user_id or uow.actor.may("core.session.revoke")
    )
    if log_in is None or not allowed:
        raise NotFound(_("log-in"), log_in_id)
    uow.remove(log_in)


def change_company(uow: UnitOfWork, log_in_id: int, company_id: int) -> None:
    """Work in another of one's companies."""
    mine = select(UserCompany.id).where(
        UserCompany.user_id == uow.actor.user_id, UserCompany.company_id == company_id
    )
    if uow.session.scalars(mine).first() is None:
        raise NotFound(_("company"), company_id)
    uow.get(LogIn, log_in_id).company_id = company_id


def note_visit(uow: UnitOfWork, log_in_id: int) -> None:
    """Remember that somebody is still there."""
    log_in = uow.session.scalars(select(LogIn).where(LogIn.id == log_in_id)).first()
    if log_in is not None:
        log_in.seen_at = uow.now


def sweep(uow: UnitOfWork) -> int:
    """Throw away log-ins that have ended and attempts that are forgotten; returns how many log-ins."""
    ended = uow.session.scalars(select(LogIn).where(LogIn.ends_at < uow.now)).all()
    old = uow.session.scalars(select(Attempts).where(Attempts.last_at < uow.now - MEMORY)).all()
    uow.remove(*ended, *old)
    return len(ended)
