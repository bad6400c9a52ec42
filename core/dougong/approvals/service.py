"""Ask for approval, give it, refuse it, take the question back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select

from dougong.approvals.events import ApprovalAsked, ApprovalDecided
from dougong.approvals.guarding import Guard
from dougong.approvals.models import Approval, ApprovalVote, Deputy
from dougong.approvals.people import involved, may_decide
from dougong.approvals.rules import Rule, asked_of, rules_in_force
from dougong.errors import NotFound, Refused
from dougong.events import DocumentRef
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

#: The job that takes the step once everybody has agreed.
TAKE = "core.approved-step"


class NotYours(Refused):
    """Others are asked, or it is not their turn yet."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self, approval: Approval) -> None:
        super().__init__(
            _("%(approval)s waits for the approval of others, not for yours.", approval=approval),
        )


class FourEyes(Refused):
    """Nobody approves their own work."""

    def __init__(self, approval: Approval) -> None:
        super().__init__(
            _(
                "%(approval)s was entered, changed or asked for by you: somebody else approves it.",
                approval=approval,
            )
        )


class ChangedSince(Refused):
    """What was asked for is not what is there now."""

    def __init__(self, approval: Approval) -> None:
        super().__init__(
            _(
                "%(approval)s has been changed since its approval was asked for. Ask again.",
                approval=approval,
            )
        )


def ask(
    uow: UnitOfWork,
    resource: str,
    key: int,
    step: str,
    answers: Mapping[str, Any] | None = None,
) -> Approval:
    """Ask those whom the rules name; asking again for the same document changes nothing."""
    found = _guard(uow).step((resource, step))
    if found is None:
        raise NotFound(_("step"), step)
    uow.require(found.needs)
    return put(uow, resource, key, step, answers, uow.actor.user_id)


def put(
    uow: UnitOfWork,
    resource: str,
    key: int,
    step: str,
    answers: Mapping[str, Any] | None = None,
    asker: int | None = None,
) -> Approval:
    """The same without asking for rights; by nobody in particular, the house takes the step itself.

    So does a reaction for what another department needs. Raises `Refused` where no rule speaks of it.
    """
    where, guard = (resource, step), _guard(uow)
    document = uow.get(guard.roads[resource].model, key, lock=True)
    if not guard.still_open(uow, where, key, document.version):
        raise Refused(_("%(what)s needs no approval for this.", what=document))
    here = {
        "resource": resource, "document_id": key, "step": step, "state": "waiting",
    }  # fmt: skip
    known = uow.session.scalar(select(Approval).filter_by(**here))
    if known is not None and known.seen == document.version:
        return known
    if known is not None:
        known.end("withdraw")
        uow.flush()
    rules = asked_of(uow, type(document), rules_in_force(uow)[where], [key])[key]
    approval = Approval(
        company_id=document.company_id, seen=document.version,
        title=guard.roads[resource].title(uow, document)[:200],
        asked_by_id=asker, asked_at=uow.now, answers=_plain(answers or {}),
        amount=_amount(document, rules), **here,
    )  # fmt: skip
    uow.add(approval)
    _turn(uow, approval, rules)
    return approval


def approve(uow: UnitOfWork, ids: Sequence[int], reason: str | None = None) -> list[Approval]:
    """Agree. When nobody else is asked, whoever asked has the step taken at once."""
    return [_decide(uow, approval, "approve", reason) for approval in _waiting(uow, ids)]


def refuse(uow: UnitOfWork, ids: Sequence[int], reason: str | None = None) -> list[Approval]:
    """Do not agree, and say why."""
    if not (reason or "").strip():
        raise Refused(_("Say why it is refused."))
    return [_decide(uow, approval, "refuse", reason) for approval in _waiting(uow, ids)]


def withdraw(uow: UnitOfWork, ids: Sequence[int]) -> list[Approval]:
    """Whoever asked no longer wants it."""
    approvals = _waiting(uow, ids)
    for approval in approvals:
        if approval.asked_by_id != uow.actor.user_id:
            raise NotYours(approval)
        approval.end("withdraw")
    return approvals


def stand_in(uow: UnitOfWork, deputy_id: int, from_on: dt.date | None, until_on: dt.date) -> Deputy:
    """Let somebody decide in the actor's place for some days."""
    if uow.actor.user_id is None:
        raise Refused(_("The house itself has no deputy."))
    first = from_on or uow.today
    if until_on < uow.today:
        raise Refused(_("These days are over."))
    deputy = Deputy(
        user_id=uow.actor.user_id, deputy_id=deputy_id, from_on=first, until_on=until_on
    )
    uow.add(deputy)
    return deputy


def end_deputy(uow: UnitOfWork, id: int) -> None:
    """The actor decides by themselves again."""
    deputy = uow.get(Deputy, id)
    if deputy.user_id != uow.actor.user_id:
        raise NotFound(_("deputy"), id)
    uow.remove(deputy)


# -- inside -----------------------------------------------------------------------------------


def _guard(uow: UnitOfWork) -> Guard:
    return cast(Guard, uow.house.oversight)


def _waiting(uow: UnitOfWork, ids: Sequence[int]) -> list[Approval]:
    approvals = uow.load(Approval, ids, Approval.votes, lock=True)
    for approval in approvals:
        if approval.state != "waiting":
            approval.end("approve")  # says what it is instead
    return approvals


def _decide(uow: UnitOfWork, approval: Approval, verdict: str, reason: str | None) -> Approval:
    guard, where = _guard(uow), (approval.resource, approval.step)
    document = uow.get(guard.roads[approval.resource].model, approval.document_id, lock=True)
    if document.version != approval.seen:
        raise ChangedSince(approval)
    rules = guard.still_open(uow, where, approval.document_id, approval.seen)
    now = [rule for rule in rules if rule.turn == min(one.turn for one in rules)]
    mine = may_decide(uow, now, approval.company_id)
    if not mine:
        raise NotYours(approval)
    if any(rule.four_eyes for rule in mine):
        _refuse_own(uow, approval)
    for rule in mine:
        uow.add(
            ApprovalVote(
                approval_id=approval.id, rule_id=rule.id, label=rule.label, verdict=verdict,
                user_id=uow.actor.user_id, reason=(reason or "").strip()[:500] or None, at=uow.now,
            )
        )  # fmt: skip
    if verdict == "refuse":
        approval.end("refuse")
        _tell(uow, approval)
        return approval
    uow.touch(approval)
    left = [rule for rule in rules if rule not in mine]
    if left:
        _turn(uow, approval, left)
    else:
        approval.end("approve")
        _tell(uow, approval)
        job = uow.enqueue(TAKE, approval=approval.id)
        job.user_id, job.company_id = approval.asked_by_id, approval.company_id
    return approval


def _refuse_own(uow: UnitOfWork, approval: Approval) -> None:
    me = uow.actor.user_id
    voted = {vote.user_id for vote in approval.votes if vote.verdict == "approve"}
    if me is None or me in involved(uow, approval) | voted:
        raise FourEyes(approval)


def _turn(uow: UnitOfWork, approval: Approval, rules: Sequence[Rule]) -> None:
    """Those with the lowest turn are asked now."""
    approval.turn = min(rule.turn for rule in rules)
    now = [rule for rule in rules if rule.turn == approval.turn]
    days = [rule.days for rule in now if rule.days is not None]
    approval.due_on = uow.today + dt.timedelta(days=min(days)) if days else None
    uow.publish(
        ApprovalAsked(
            approval_id=approval.id, company_id=approval.company_id,
            rules=tuple(rule.id for rule in now),
        )
    )  # fmt: skip


def _tell(uow: UnitOfWork, approval: Approval) -> None:
    uow.publish(
        ApprovalDecided(
            approval_id=approval.id, company_id=approval.company_id, state=approval.state,
            document=DocumentRef(approval.resource, approval.document_id),
        )
    )  # fmt: skip


def _amount(document: Any, rules: Sequence[Rule]) -> Decimal | None:
    return next((getattr(document, rule.field) for rule in rules if rule.field), None)


def _plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the step was told, as JSON keeps it."""
    return {
        name: value if isinstance(value, bool | int | str) else str(value)
        for name, value in answers.items()
        if value is not None
    }
