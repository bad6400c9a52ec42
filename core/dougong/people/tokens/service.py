"""Giving programs a key, and taking it away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import inspect, select, update

from dougong.errors import Forbidden, Invalid, NotFound
from dougong.i18n import _
from dougong.people.roles.authority import require_as_much
from dougong.people.roles.patterns import check_patterns
from dougong.people.secrets import hashed, new_key
from dougong.people.tokens.models import Token
from dougong.people.users.models import User
from dougong.unit_of_work import UnitOfWork

MARK = "dg_"
#: Days that a key opens something.
USUAL, LONGEST = 90, 366


def create_token(
    uow: UnitOfWork,
    name: str,
    scopes: Sequence[str],
    *,
    days: int | None = None,
    user_id: int | None = None,
    company_id: int | None = None,
) -> tuple[Token, str]:
    """Give a program a key for what ``scopes`` allow; it is returned once and never shown again."""
    owner = user_id or uow.actor.user_id
    if owner is None:
        raise Invalid({"user": _("A token belongs to a person.")})
    if owner != uow.actor.user_id:
        uow.require("core.token.create")
        require_as_much(uow, [uow.get(User, owner)])
    days = USUAL if days is None else days
    if not 0 < days <= LONGEST:
        raise Invalid({"days": _("A token lasts at least a day and at most a year.")})
    if not name.strip():
        raise Invalid({"name": _("Say what the token is for.")})
    scopes = check_patterns(scopes)
    if not scopes:
        raise Invalid({"scopes": _("Say what the token may do: crm.order.read, for example.")})
    key = MARK + new_key()
    token = Token(
        user_id=owner,
        name=name.strip()[:80],
        prefix=key[:9],
        key=hashed(key),
        scopes=scopes,
        company_id=company_id or uow.company_id,
        created_at=uow.now,
        expires_at=uow.now + dt.timedelta(days=days),
    )
    uow.add(token)
    return token, key


def revoke_tokens(uow: UnitOfWork, ids: Sequence[int]) -> list[Token]:
    """These tokens open nothing any more. One's own need no right."""
    tokens = uow.load(Token, ids)
    strangers = [t for t in tokens if t.user_id != uow.actor.user_id]
    if strangers and not uow.actor.may("core.token.read"):
        raise NotFound(_("token"), strangers[0].id)
    if strangers and not uow.actor.may("core.token.revoke"):
        raise Forbidden("core.token.revoke")
    for token in tokens:
        token.revoked = True
    return tokens


def revoke_tokens_of(uow: UnitOfWork, users: Sequence[int]) -> None:
    """All tokens of these people end."""
    mine = select(Token).where(Token.user_id.in_(users), Token.revoked.is_(False))
    for token in uow.session.scalars(mine):
        token.revoked = True


def note_use(uow: UnitOfWork, token_id: int) -> None:
    """Remember that a token was used; nothing the history would tell."""
    table: Any = inspect(Token).local_table
    uow.session.execute(update(table).where(table.c.id == token_id).values(used_at=uow.now))
