"""Making roles, giving them and taking them away."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dougong.errors import NotFound, Refused
from dougong.i18n import _
from dougong.people.actors import rights_of
from dougong.people.roles.authority import (
    declared_roles,
    require_another_administrator,
    require_as_much,
    require_patterns,
)
from dougong.people.roles.core import ADMINISTRATOR, EVERYBODYS
from dougong.people.roles.models import Role, UserRole
from dougong.people.roles.patterns import check_patterns
from dougong.people.sessions.service import close_log_ins
from dougong.people.users.models import User, UserCompany
from dougong.unit_of_work import UnitOfWork


def make_role(uow: UnitOfWork, name: str, label: str, rights: Sequence[str]) -> Role:
    """Make a role of one's own; nobody can put more into it than they may do."""
    uow.require("core.role.create")
    if name in declared_roles(uow):
        raise Refused(_("There is already a role “%(name)s”.", name=name))
    rights = check_patterns(rights)
    require_patterns(uow, rights)
    role = Role(name=name, label=label, rights=rights)
    uow.add(role)
    return role


def change_rights(uow: UnitOfWork, role_id: int, rights: Sequence[str]) -> Role:
    """Change what an own role may do, or what is added to a plugin's."""
    uow.require("core.role.write")
    role = uow.get(Role, role_id)
    rights = check_patterns(rights)
    require_patterns(uow, {*rights, *role.rights})
    role.rights = rights
    return role


def declare_roles(uow: UnitOfWork) -> None:
    """Make the roles that plugins declare ready to be given; doing it twice changes nothing."""
    known = set(uow.session.scalars(select(Role.name)))
    for name, declared in declared_roles(uow).items():
        if name not in known:
            uow.add(Role(name=name, label=str(declared.label), declared=True))


def give_role(uow: UnitOfWork, user_id: int, name: str, company_id: int | None = None) -> UserRole:
    """Let a person hold a role: in one company, or in all of theirs. They log in anew."""
    uow.require("core.role.give")
    user = uow.get(User, user_id)
    if user.guest:
        raise Refused(_("%(name)s comes from outside the house and holds no role.", name=user))
    role = declared_role(uow, name)
    require_patterns(uow, rights_of(role, declared_roles(uow)))
    require_as_much(uow, [user])
    _require_company(uow, company_id)
    if held := _held(uow, user_id, role.id, company_id):
        return held
    if company_id is not None:
        _let_see(uow, user, company_id)
    held = UserRole(user_id=user_id, role_id=role.id, company_id=company_id)
    uow.add(held)
    close_log_ins(uow, [user_id])
    return held


def take_role(uow: UnitOfWork, user_id: int, name: str, company_id: int | None = None) -> None:
    """Take a role away; the person's log-ins end."""
    uow.require("core.role.give")
    user = uow.get(User, user_id)
    role = declared_role(uow, name)
    require_as_much(uow, [user])
    _require_company(uow, company_id)
    held = _held(uow, user_id, role.id, company_id)
    if held is None:
        raise Refused(_("%(name)s does not hold this role.", name=user))
    if role.name == ADMINISTRATOR.name and company_id is None:
        require_another_administrator(uow, [user_id])
    uow.remove(held)
    close_log_ins(uow, [user_id])


def declared_role(uow: UnitOfWork, name: str) -> Role:
    """The role of that name, made now where a plugin declares it; raises `NotFound`."""
    role = uow.session.scalars(select(Role).where(Role.name == name)).first()
    if role is not None:
        return role
    declared = declared_roles(uow).get(name)
    if declared is None:
        raise NotFound(_("role"), name)
    role = Role(name=name, label=str(declared.label), declared=True, rights=[])
    uow.add(role)
    uow.flush()
    return role


def _held(uow: UnitOfWork, user_id: int, role_id: int, company_id: int | None) -> UserRole | None:
    where = (
        UserRole.company_id.is_(None) if company_id is None else UserRole.company_id == company_id
    )
    statement = select(UserRole).where(
        UserRole.user_id == user_id, UserRole.role_id == role_id, where
    )
    return uow.session.scalars(statement).first()


def _require_company(uow: UnitOfWork, company_id: int | None) -> None:
    """Somebody who rules in one company gives roles in that company only."""
    if uow.actor.user_id is None:
        return
    if company_id is not None and company_id not in uow.actor.companies:
        raise NotFound(_("company"), company_id)
    if company_id is None and not _everywhere(uow):
        raise Refused(
            _("You hold your roles in some companies only: say in which you give this one.")
        )


def _everywhere(uow: UnitOfWork) -> bool:
    """Whether what the actor may do here, they may do in every company."""
    statement = select(UserRole.id).where(
        UserRole.user_id == uow.actor.user_id, UserRole.company_id.is_(None)
    )
    mine = uow.session.scalars(
        select(Role).join(UserRole, UserRole.role_id == Role.id).where(UserRole.id.in_(statement))
    )
    declared = declared_roles(uow)
    general = EVERYBODYS.union(p for role in mine for p in rights_of(role, declared))
    given = type(uow.actor.rights)(general)
    return all(p in given for p in uow.actor.rights if not p.startswith("@"))


def _let_see(uow: UnitOfWork, user: User, company_id: int) -> None:
    known = uow.session.scalars(
        select(UserCompany.id).where(
            UserCompany.user_id == user.id, UserCompany.company_id == company_id
        )
    ).first()
    if known is None:
        uow.add(UserCompany(user_id=user.id, company_id=company_id))
