"""What waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from dougong.approvals.guarding import Guard
from dougong.approvals.models import Approval, ApprovalVote, Deputy
from dougong.approvals.people import authors, may_decide
from dougong.approvals.rules import Rule, asked_of, rules_in_force
from dougong.i18n import listed
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


def others_asked(uow: UnitOfWork, resource: str, step: str, ids: Collection[int]) -> list[Rule]:
    """The rules of a step that speak of these documents as they are now, and that ask others.

    For what happens to a document after the step: an order that grows is as binding as a new one.
    With four eyes, whoever has entered or changed a document before is not asked either.
    """
    road, rules = cast(Guard, uow.house.oversight).roads.get(resource), rules_in_force(uow)
    if road is None or uow.actor.user_id is None or not rules.get((resource, step)):
        return []
    uow.flush()
    found = asked_of(uow, road.model, rules[resource, step], ids)
    every = {rule.id: rule for some in found.values() for rule in some}
    mine = may_decide(uow, list(every.values()), uow.company_id)
    if any(rule.four_eyes for rule in mine) and uow.actor.user_id in authors(uow, resource, ids):
        mine = [rule for rule in mine if not rule.four_eyes]
    return [rule for rule in every.values() if rule not in mine]


def asked_by_me(session: Session, user_id: int) -> Sequence[Approval]:
    """What the person has asked for lately."""
    return session.scalars(
        select(Approval)
        .where(Approval.asked_by_id == user_id)
        .options(selectinload(Approval.votes))
        .order_by(Approval.id.desc())
        .limit(20)
    ).all()


def beside(uow: UnitOfWork, kind: str, key: int, state: str | None = None) -> dict[str, Any] | None:
    """What a document's page says: the question that waits, whose turn it is, and whether it is mine.

    While the document, in ``state``, could still take the step, also that its last question was
    refused, by whom and why, or what stood in the way of the step after everybody had agreed.
    """
    guard = uow.house.oversight
    if guard is None or not any(where[0] == kind for where in rules_in_force(uow)):
        return None
    votes = selectinload(Approval.votes)
    asked = uow.session.scalars(
        select(Approval)
        .where(Approval.document_id == key, Approval.resource == kind)
        .options(selectinload(Approval.asked_by), votes.selectinload(ApprovalVote.user))
        .order_by((Approval.state == "waiting").desc(), Approval.id.desc())
        .limit(1)
    ).first()
    if asked is None:
        return None
    if asked.state != "waiting":
        step = cast(Guard, guard).step((kind, asked.step))
        open_still = step is not None and state in step.source
        return _answered(asked) if open_still else None
    return _waiting(uow, cast(Guard, guard), asked)


def _answered(approval: Approval) -> dict[str, Any] | None:
    if approval.state == "refused":
        no = next(vote for vote in reversed(approval.votes) if vote.verdict == "refuse")
        return {"approval": approval, "refusal": no, "who": str(no.user or "")}
    if approval.state == "approved" and approval.note:
        return {"approval": approval, "hindered": approval.note}
    return None


def _waiting(uow: UnitOfWork, guard: Guard, waiting: Approval) -> dict[str, Any]:
    where = (waiting.resource, waiting.step)
    rules = guard.still_open(uow, where, waiting.document_id, waiting.seen)
    now = [rule for rule in rules if rule.turn == waiting.turn]
    return {
        "approval": waiting,
        "who": listed(dict.fromkeys(rule.who for rule in now)),
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
        select(User)
        .where(User.id.in_(here), User.active, ~User.guest, User.id != user_id)
        .order_by(User.name),
        execution_options={SCOPED: True},
    ).all()
