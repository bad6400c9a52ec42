"""Rules that a plugin brings along, for the administrator to keep, change or switch off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.approvals.models import ApprovalRule
from dougong.i18n import Text
from dougong.people.roles.service import declared_role

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Proposal:
    """A rule as a plugin would begin with; ``role`` is one that a plugin declares."""

    label: Text
    resource: str
    step: str
    role: str
    field: str | None = None
    least: Decimal | None = None
    filter: Mapping[str, Any] | None = None
    #: Switched off, it is an example that an administrator has only to switch on.
    active: bool = True


def propose_rules(uow: UnitOfWork, proposals: Iterable[Proposal]) -> None:
    """Put rules in where the company has none for the step; doing it twice changes nothing."""
    known = {
        (resource, step)
        for resource, step in uow.session.execute(
            select(ApprovalRule.resource, ApprovalRule.step).where(
                ApprovalRule.company_id == uow.company_id
            )
        )
    }
    for one in proposals:
        if (one.resource, one.step) in known:
            continue
        uow.add(
            ApprovalRule(
                label=str(one.label), resource=one.resource, step=one.step, field=one.field,
                least=one.least, filter=dict(one.filter) if one.filter else None,
                role_id=declared_role(uow, one.role).id, active=one.active,
            )
        )  # fmt: skip
