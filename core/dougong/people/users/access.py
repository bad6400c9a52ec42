"""What somebody may do: the tab beside a person's form, with the buttons that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.companies.models import Company
from dougong.people.roles.models import Role, UserRole
from dougong.people.users.queries import companies_of

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.people.users.models import User


def access_tab(
    _noun: Any, session: Session, user: User, actor: Actor
) -> tuple[str, dict[str, Any]]:
    """Companies and roles of a person, and what may be given to them."""
    held = session.execute(
        select(Role.name, Role.label, UserRole.company_id, Company.name)
        .join(UserRole, UserRole.role_id == Role.id)
        .outerjoin(Company, Company.id == UserRole.company_id)
        .where(UserRole.user_id == user.id)
        .order_by(Role.label)
    ).all()
    companies = session.scalars(
        select(Company)
        .where(Company.id.in_(actor.companies), Company.active)
        .order_by(Company.name)
    ).all()
    return "people/access.html", {
        "user": user,
        "held": held,
        "works_in": companies_of(session, user.id),
        "companies": companies,
        "roles": session.scalars(select(Role).where(Role.active).order_by(Role.label)).all(),
        "itself": user.id == actor.user_id,
    }
