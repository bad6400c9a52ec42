"""Nobody gives, or takes over, more than they have themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.errors import Refused
from dougong.i18n import _
from dougong.people.actors import rights_of
from dougong.people.roles.core import ADMINISTRATOR, CORE_ROLES
from dougong.people.roles.models import Role, UserRole
from dougong.people.users.queries import active_holders

if TYPE_CHECKING:
    from dougong.people.users.models import User
    from dougong.plugin import Role as DeclaredRole
    from dougong.unit_of_work import UnitOfWork


class LastAdministrator(Refused):
    """The house needs somebody who may do everything."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the last administrator. Make somebody else an administrator first.")
        )


def declared_roles(uow: UnitOfWork) -> dict[str, DeclaredRole]:
    """The roles of the house and of the plugins that are enabled."""
    wiring = getattr(uow.house, "wiring", None)
    return {**CORE_ROLES, **(wiring.roles if wiring else {})}


def require_patterns(uow: UnitOfWork, patterns: Iterable[str]) -> None:
    """Go on only when the actor has all of these rights; raises `Forbidden` with the first missing."""
    for pattern in sorted(patterns):
        uow.require(pattern)


def require_as_much(uow: UnitOfWork, users: Sequence[User]) -> None:
    """Go on only when the actor may do all that these people may: else their account is out of reach."""
    declared = declared_roles(uow)
    roles = uow.session.scalars(
        select(Role)
        .join(UserRole, UserRole.role_id == Role.id)
        .where(UserRole.user_id.in_([u.id for u in users]))
    )
    for role in roles:
        require_patterns(uow, rights_of(role, declared))


def require_another_administrator(uow: UnitOfWork, leaving: Collection[int]) -> None:
    """Go on only when somebody who may do everything stays; raises `LastAdministrator`.

    Two who shut each other out at the same moment come one after the other: the role is locked.
    """
    uow.lock(Role.name, [ADMINISTRATOR.name])
    holders = active_holders(uow.session, ADMINISTRATOR.name)
    if holders and holders <= set(leaving):
        raise LastAdministrator
