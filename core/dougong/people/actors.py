"""From a person to an `Actor`: their companies, the rights of their roles there, what these may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.actors import Actor, RecordRule, Rights
from dougong.companies.models import Company
from dougong.errors import NotFound, Refused
from dougong.i18n import _
from dougong.people.roles.core import CORE_ROLES, EVERYBODYS
from dougong.people.roles.models import Role, UserRole
from dougong.people.rules.combine import HeldRole, combine, rules_of_roles
from dougong.people.rules.neighbours import neighbours
from dougong.people.users.models import User, UserCompany
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.plugin import Role as DeclaredRole
    from dougong.unit_of_work import House
    from dougong.wiring import Wiring


#: Among the rights stands which roles somebody holds: forms may be arranged for them.
HOLDS = "@"

#: Who somebody is must be known before what they see.
UNSCOPED = {SCOPED: True}


class NoCompany(Refused):
    """Somebody who may see no company has nothing to work on."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("%(name)s may not work in any company yet. Ask your administrator.", name=name)
        )


@dataclass(frozen=True)
class _Held:
    role: Role
    company_id: int | None


def actor_for(
    session: Session,
    user_id: int,
    company_id: int | None = None,
    *,
    wiring: Wiring | None = None,
    scopes: Sequence[str] | None = None,
    request_id: str = "",
) -> Actor:
    """Who this person is in this company (their own first one if none is named).

    ``wiring`` brings the roles that plugins declare; without it only the house's own and those
    that administrators made give rights. ``scopes`` narrows the rights: a token's.
    """
    user = _person(session, user_id)
    companies = _companies(session, user_id)
    here = _chosen(user, companies, company_id)
    if user.guest:
        return _guest(user, here, request_id)
    held = _held(session, user_id)
    roles = _roles_here(held, here, wiring)
    rights = Rights(
        EVERYBODYS.union(
            (*(p for role in roles for p in role.rights), *(f"{HOLDS}{r.name}" for r in roles))
        ),
        None if scopes is None else Rights(scopes),
    )
    visible = _visible(here, companies, held)
    return Actor(
        user_id=user.id,
        name=user.name,
        rights=rights,
        companies=visible,
        company_id=here,
        language=user.language,
        timezone=user.timezone,
        rules=_rules(session, roles, rights, visible, wiring),
        request_id=request_id,
    )


def _guest(user: User, here: int, request_id: str) -> Actor:
    """Somebody from outside: no right at all, whatever roles a row may say."""
    return Actor(
        user_id=user.id, name=user.name, rights=Rights(), companies=(here,), company_id=here,
        language=user.language, timezone=user.timezone, request_id=request_id, guest=True,
    )  # fmt: skip


def restorer(house: House, wiring: Wiring) -> Callable[[int, int], Actor]:
    """How work that a person asked for earlier gets the rights they have when it is done."""

    def restore(user_id: int, company_id: int) -> Actor:
        with house.read(Actor.system(name="house")) as session:
            return actor_for(session, user_id, company_id, wiring=wiring)

    return restore


def rights_of(role: Role, declared: Mapping[str, DeclaredRole]) -> frozenset[str]:
    """The patterns of a role: what its plugin declares and what an administrator added."""
    own = declared.get(role.name) if role.declared else None
    return frozenset((*(own.rights if own else ()), *role.rights))


def _person(session: Session, user_id: int) -> User:
    user = session.scalars(
        select(User).where(User.id == user_id, User.active), execution_options=UNSCOPED
    ).first()
    if user is None:
        raise NotFound(_("person"), user_id)
    return user


def _companies(session: Session, user_id: int) -> Sequence[int]:
    """The companies in which somebody may work."""
    return session.scalars(
        select(Company.id)
        .join(UserCompany, UserCompany.company_id == Company.id)
        .where(UserCompany.user_id == user_id, Company.active)
        .order_by(Company.id),
        execution_options=UNSCOPED,
    ).all()


def _held(session: Session, user_id: int) -> list[_Held]:
    """Every role somebody has, and where."""
    rows = session.execute(
        select(Role, UserRole.company_id)
        .join(UserRole, UserRole.role_id == Role.id)
        .where(UserRole.user_id == user_id, Role.active)
        .order_by(Role.id),
        execution_options=UNSCOPED,
    )
    return [_Held(role, where) for role, where in rows]


def _roles_here(held: Sequence[_Held], here: int, wiring: Wiring | None) -> list[HeldRole]:
    """The roles that count in this company, with what they permit."""
    declared = {**CORE_ROLES, **(wiring.roles if wiring else {})}
    return [
        HeldRole(role.id, role.name, Rights(rights_of(role, declared)), declared.get(role.name))
        for role in (h.role for h in held if h.company_id in (None, here))
    ]


def _rules(
    session: Session,
    roles: Sequence[HeldRole],
    rights: Rights,
    visible: Sequence[int],
    wiring: Wiring | None,
) -> dict[type, tuple[RecordRule, ...]]:
    """Which rows may be seen; who does not see every company sees of what is shared only their own."""
    rules = combine(roles, rules_of_roles(session, [r.id for r in roles], wiring), wiring)
    everywhere = session.scalars(select(Company.id), execution_options=UNSCOPED).all()
    if len(visible) < len(everywhere):
        for model, own in neighbours(rights).items():
            rules[model] = (*rules.get(model, ()), *own)
    return rules


def _chosen(user: User, companies: Sequence[int], wanted: int | None) -> int:
    if not companies:
        raise NoCompany(user.name)
    if wanted is None:
        own = user.company_id
        return own if own is not None and own in companies else companies[0]
    if wanted not in companies:
        raise NotFound(_("company"), wanted)
    return wanted


def _visible(here: int, companies: Sequence[int], held: Sequence[_Held]) -> tuple[int, ...]:
    """The companies seen together: those in which the person holds at least the roles held here.

    Rights are asked without naming a company, so a company where somebody may do less is seen
    only after changing to it.
    """
    everywhere = {h.role.id for h in held if h.company_id is None}
    needed = everywhere | {h.role.id for h in held if h.company_id == here}

    def roles_in(company: Any) -> set[int]:
        return everywhere | {h.role.id for h in held if h.company_id == company}

    return tuple(c for c in companies if c == here or roles_in(c) >= needed)
