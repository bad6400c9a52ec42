"""Who is behind a key: one statement a request, which also tells whether rights have changed."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from dougong.people.roles.generation import current
from dougong.people.secrets import hashed
from dougong.people.sessions.models import LogIn
from dougong.people.tokens.models import Token
from dougong.people.users.models import User


class Visit(NamedTuple):
    """A log-in as a request needs it."""

    id: int
    user_id: int
    company_id: int | None
    complete: bool
    csrf: str
    seen_at: dt.datetime
    idle_seconds: int
    ends_at: dt.datetime
    must_change: bool
    #: When the password was last typed.
    proven_at: dt.datetime
    #: Through whose eyes it looks, and until when.
    as_user_id: int | None
    as_until: dt.datetime | None
    generation: int | None


class Errand(NamedTuple):
    """A token as a request needs it."""

    id: int
    user_id: int
    company_id: int
    scopes: list[str]
    expires_at: dt.datetime
    used_at: dt.datetime | None
    generation: int | None


_visit = (
    select(
        LogIn.id, LogIn.user_id, LogIn.company_id, LogIn.complete, LogIn.csrf, LogIn.seen_at,
        LogIn.idle_seconds, LogIn.ends_at, User.must_change, LogIn.proven_at,
        LogIn.as_user_id, LogIn.as_until, current,
    )
    .join(User, User.id == LogIn.user_id)
    .where(LogIn.key == bindparam("key"), User.active)
)  # fmt: skip
_errand = (
    select(
        Token.id, Token.user_id, Token.company_id, Token.scopes, Token.expires_at, Token.used_at, current
    )
    .join(User, User.id == Token.user_id)
    .where(Token.key == bindparam("key"), User.active, Token.revoked.is_(False))
)  # fmt: skip


def visit_of(connection: Connection, key: str, now: dt.datetime) -> Visit | None:
    """The log-in that a browser's key opens, unless it has ended or slept too long."""
    row = connection.execute(_visit, {"key": hashed(key)}).first()
    if row is None:
        return None
    visit = Visit._make(row)
    asleep = now - visit.seen_at > dt.timedelta(seconds=visit.idle_seconds)
    return None if asleep or now >= visit.ends_at else visit


def errand_of(connection: Connection, key: str, now: dt.datetime) -> Errand | None:
    """The token that a program's key opens, unless it has expired."""
    row = connection.execute(_errand, {"key": hashed(key)}).first()
    if row is None:
        return None
    errand = Errand(*row)
    return None if now >= errand.expires_at else errand


def log_ins_of(session: Session, user_id: int) -> list[Any]:
    """Where somebody is logged in, the latest first."""
    statement = (
        select(LogIn)
        .where(LogIn.user_id == user_id, LogIn.complete)
        .order_by(LogIn.seen_at.desc(), LogIn.id)
    )
    return list(session.scalars(statement))


def tokens_of(session: Session, user_id: int) -> list[Token]:
    """The tokens of somebody that still open something."""
    statement = select(Token).where(Token.user_id == user_id, Token.revoked.is_(False))
    return list(session.scalars(statement.order_by(Token.created_at.desc(), Token.id)))
