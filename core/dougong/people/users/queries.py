"""Finding people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dougong.companies.models import Company
from dougong.errors import NotFound
from dougong.i18n import _
from dougong.people.roles.models import Role, UserRole
from dougong.people.users.models import User, UserCompany


def find_user(session: Session, login: str) -> User | None:
    """Whoever logs in with this name or e-mail address."""
    wanted = login.strip().lower()
    found = session.scalars(
        select(User).where(or_(User.login == wanted, User.email == wanted))
    ).all()
    # Where one person's name is another's address, the name counts.
    return next((u for u in found if u.login == wanted), found[0] if found else None)


def user_named(session: Session, login: str) -> User:
    """Whoever logs in with this name; raises `NotFound`."""
    user = find_user(session, login)
    if user is None:
        raise NotFound(_("person"), login)
    return user


def companies_of(session: Session, user_id: int) -> list[Company]:
    """The companies a person may work in."""
    statement = (
        select(Company)
        .join(UserCompany, UserCompany.company_id == Company.id)
        .where(UserCompany.user_id == user_id, Company.active)
    )
    return list(session.scalars(statement.order_by(Company.name, Company.id)))


def active_holders(session: Session, role: str) -> set[int]:
    """The ids of those who hold a role in all companies and may log in."""
    statement = (
        select(UserRole.user_id)
        .join(Role, Role.id == UserRole.role_id)
        .join(User, User.id == UserRole.user_id)
        .where(Role.name == role, User.active, UserRole.company_id.is_(None))
    )
    return set(session.scalars(statement))


def people(session: Session) -> list[dict[str, Any]]:
    """Everybody who can log in, with their companies and roles."""
    users = session.scalars(select(User).order_by(User.login)).all()
    companies: dict[int, list[str]] = {}
    for user_id, code in session.execute(
        select(UserCompany.user_id, Company.code)
        .join(Company, Company.id == UserCompany.company_id)
        .order_by(Company.id)
    ):
        companies.setdefault(user_id, []).append(code)
    roles: dict[int, list[str]] = {}
    for user_id, name, code in session.execute(
        select(UserRole.user_id, Role.name, Company.code)
        .join(Role, Role.id == UserRole.role_id)
        .outerjoin(Company, Company.id == UserRole.company_id)
        .order_by(Role.name)
    ):
        roles.setdefault(user_id, []).append(f"{name} ({code})" if code else name)
    return [
        {
            "login": user.login,
            "name": user.name,
            "active": user.active,
            "second_factor": user.has_totp,
            "companies": companies.get(user.id, []),
            "roles": roles.get(user.id, []),
        }
        for user in users
    ]
