"""What waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from dougong.approvals.guarding import Guard
from dougong.approvals.models import Approval, Deputy
from dougong.approvals.people import may_decide
from dougong.approvals.rules import rules_in_force
from dougong.people.users.models import User, UserCompany
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.unit_of_work import UnitOfWork

#: So many are shown; nobody reads more at once.
MOST = 200


def waiting_for_me(uow: UnitOfWork) -> list[Approval]:
    """Approvals whose turn is the actor's, those due first."""
    rules = rules_in_force(uow)
    if not rules:
        return []
    found = uow.session.scalars(
        select(Approval)
        .where(Approval.state == "waiting")
        .options(selectinload(Approval.asked_by), selectinload(Approval.votes))
        .order_by(Approval.due_on.is_(None), Approval.due_on, Approval.id)
        .limit(MOST)
    )
    return [one for one in found if _is_mine(uow, one)]


def _is_mine(uow: UnitOfWork, approval: Approval) -> bool:
    guard = cast(Guard, uow.house.oversight)
    where = (approval.resource, approval.step)
    rules = guard.still_open(uow, where, approval.document_id, approval.seen)
    now = [rule for rule in rules if rule.turn == approval.turn]
    return bool(may_decide(uow, now, approval.company_id))


def asked_by_me(session: Session, user_id: int) -> Sequence[Approval]:
    """What the person has asked for lately."""
    return session.scalars(
        select(Approval)
        .where(Approval.asked_by_id == user_id)
        .options(selectinload(Approval.votes))
        .order_by(Approval.id.desc())
        .limit(20)
    ).all()


def beside(uow: UnitOfWork, kind: str, key: int) -> dict[str, Any] | None:
    """What a document's page says: the question that waits, whose turn it is, and whether it is mine."""
    guard = uow.house.oversight
    if guard is None or not any(where[0] == kind for where in rules_in_force(uow)):
        return None
    waiting = uow.session.scalar(
        select(Approval)
        .where(Approval.document_id == key, Approval.resource == kind, Approval.state == "waiting")
        .options(selectinload(Approval.asked_by), selectinload(Approval.votes))
    )
    if waiting is None:
        return None
    where = (waiting.resource, waiting.step)
    rules = cast(Guard, guard).still_open(uow, where, key, waiting.seen)
    now = [rule for rule in rules if rule.turn == waiting.turn]
    return {
        "approval": waiting,
        "who": ", ".join(dict.fromkeys(rule.who for rule in now)),
        "mine": bool(may_decide(uow, now, waiting.company_id)),
    }


def my_deputies(session: Session, user_id: int, today: Any) -> Sequence[Deputy]:
    """Who stands in for a person, now or later."""
    return session.scalars(
        select(Deputy)
        .where(Deputy.user_id == user_id, Deputy.until_on >= today)
        .options(selectinload(Deputy.deputy))
        .order_by(Deputy.from_on)
    ).all()


def colleagues(session: Session, user_id: int, company: int) -> Sequence[User]:
    """Active people of the company, without the person."""
    here = select(UserCompany.user_id).where(UserCompany.company_id == company)
    return session.scalars(
        select(User).where(User.id.in_(here), User.active, User.id != user_id).order_by(User.name),
        execution_options={SCOPED: True},
    ).all()
