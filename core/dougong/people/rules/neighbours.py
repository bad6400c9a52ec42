"""Who looks after the people of some companies sees only those people, their tokens and log-ins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.people.sessions.models import LogIn
from dougong.people.tokens.models import Token
from dougong.people.users.models import User, UserCompany

if TYPE_CHECKING:
    from dougong.actors import Actor, RecordRule, Rights


def neighbours(rights: Rights) -> Mapping[type, tuple[RecordRule, ...]]:
    """The conditions for somebody who does not see every company; none for what they cannot read."""
    conditions: dict[type, tuple[str, RecordRule]] = {
        User: ("core.user.read", lambda model, actor: model.id.in_(_colleagues(actor))),
        LogIn: ("core.session.read", lambda model, actor: model.user_id.in_(_colleagues(actor))),
        Token: ("core.token.read", lambda model, actor: model.company_id.in_(actor.companies)),
    }
    return {model: (rule,) for model, (right, rule) in conditions.items() if right in rights}


def _colleagues(actor: Actor) -> Any:
    return select(UserCompany.user_id).where(UserCompany.company_id.in_(actor.companies))
