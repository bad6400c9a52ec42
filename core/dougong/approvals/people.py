"""Who may decide: holders of the role, the person named, and whoever stands in for them today."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from dougong.approvals.models import Approval, Deputy
from dougong.approvals.rules import Rule
from dougong.audit.models import AuditEntry
from dougong.people.roles.models import UserRole
from dougong.people.users.models import User, UserCompany
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


def stood_in_for(uow: UnitOfWork) -> list[int]:
    """The actor, and everybody in whose place they decide today."""
    me = uow.actor.user_id
    if me is None:
        return []
    others = uow.session.scalars(
        select(Deputy.user_id).where(
            Deputy.deputy_id == me, Deputy.from_on <= uow.today, Deputy.until_on >= uow.today
        )
    )
    return [me, *others]


def roles_of(session: Session, users: Collection[int], company: int) -> set[int]:
    """The roles that any of these people holds in a company."""
    return set(
        session.scalars(
            select(UserRole.role_id).where(
                UserRole.user_id.in_(users),
                or_(UserRole.company_id.is_(None), UserRole.company_id == company),
            ),
            execution_options={SCOPED: True},
        )
    )


def may_decide(uow: UnitOfWork, rules: Collection[Rule], company: int) -> list[Rule]:
    """Those of the rules that ask the actor, or somebody they stand in for."""
    people = stood_in_for(uow)
    roles = roles_of(uow.session, people, company) if people else set()
    return [rule for rule in rules if rule.user_id in people or rule.role_id in roles]


def involved(uow: UnitOfWork, approval: Approval) -> set[int | None]:
    """Whoever has entered or changed the document, or asked for the step."""
    return {approval.asked_by_id, *authors(uow, approval.resource, [approval.document_id])} - {None}


def authors(uow: UnitOfWork, resource: str, ids: Collection[int]) -> set[int | None]:
    """Whoever has entered or changed one of these documents, as their history tells."""
    return set(
        uow.session.scalars(
            select(AuditEntry.user_id)
            .where(AuditEntry.document == resource, AuditEntry.document_id.in_(ids))
            .distinct()
        )
    )


def asked_people(session: Session, rules: Collection[Rule], company: int) -> list[User]:
    """The people whose answer these rules wait for, deputies not among them."""
    roles = [rule.role_id for rule in rules if rule.role_id is not None]
    named = [rule.user_id for rule in rules if rule.user_id is not None]
    holders = select(UserRole.user_id).where(
        UserRole.role_id.in_(roles),
        or_(UserRole.company_id.is_(None), UserRole.company_id == company),
    )
    here = select(UserCompany.user_id).where(UserCompany.company_id == company)
    wanted: ColumnElement[bool] = or_(
        User.id.in_(named), and_(User.id.in_(holders), User.id.in_(here))
    )
    return list(
        session.scalars(
            select(User).where(wanted, User.active).order_by(User.id),
            execution_options={SCOPED: True},
        )
    )
