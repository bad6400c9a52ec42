"""The rules in force, and which documents they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.approvals.models import Approval, ApprovalRule, ApprovalVote
from dougong.people.roles.models import Role
from dougong.people.rules.filters import condition
from dougong.people.users.models import User
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

#: Resource and step.
Where = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in force, as every act reads it."""

    id: int
    company_id: int
    label: str
    field: str | None
    least: Decimal | None
    filter: Mapping[str, Any] | None
    turn: int
    role_id: int | None
    user_id: int | None
    four_eyes: bool
    days: int | None
    #: Who approves, as a sentence names them.
    who: str


def rules_in_force(uow: UnitOfWork) -> Mapping[Where, list[Rule]]:
    """Active rules of the actor's companies by resource and step, those asked first at the front."""

    def read() -> Mapping[Where, list[Rule]]:
        found: dict[Where, list[Rule]] = defaultdict(list)
        query = (
            select(ApprovalRule, Role.label, User.name)
            .outerjoin(Role, Role.id == ApprovalRule.role_id)
            .outerjoin(User, User.id == ApprovalRule.user_id)
            .where(ApprovalRule.active, ApprovalRule.company_id.in_(uow.actor.companies))
            .order_by(ApprovalRule.turn, ApprovalRule.id)
        )
        for row, role, user in uow.session.execute(query, execution_options={SCOPED: True}):
            found[row.resource, row.step].append(
                Rule(
                    row.id, row.company_id, row.label, row.field, row.least, row.filter, row.turn,
                    row.role_id, row.user_id, row.four_eyes, row.days, role or user or "",
                )
            )  # fmt: skip
        return dict(found)

    return uow.remembered("core.approval-rules", [ApprovalRule], read)


def asked_of(
    uow: UnitOfWork, model: type[Any], rules: Iterable[Rule], ids: Collection[int]
) -> dict[int, list[Rule]]:
    """Which of these rules speak of which of these documents, as they are now."""
    found: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        wanted = [model.id.in_(ids)]
        if hasattr(model, "company_id"):
            wanted.append(model.company_id == rule.company_id)
        if rule.field is not None:
            wanted.append(getattr(model, rule.field) >= rule.least)
        if rule.filter:
            wanted.append(condition(model, rule.filter, uow.actor))
        for id in uow.session.scalars(
            select(model.id).where(*wanted), execution_options={SCOPED: True}
        ):
            found[id].append(rule)
    return found


def agreed(uow: UnitOfWork, where: Where, ids: Collection[int]) -> set[tuple[int, int, int]]:
    """What was approved: document, its version when that was asked for, rule."""
    resource, step = where
    rows = uow.session.execute(
        select(Approval.document_id, Approval.seen, ApprovalVote.rule_id)
        .join(ApprovalVote, ApprovalVote.approval_id == Approval.id)
        .where(
            Approval.document_id.in_(ids), Approval.resource == resource, Approval.step == step,
            Approval.state.in_(["waiting", "approved"]), ApprovalVote.verdict == "approve",
        ),
        execution_options={SCOPED: True},
    )  # fmt: skip
    return {(document, seen, rule) for document, seen, rule in rows}
