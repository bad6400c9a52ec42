"""Who is asked for an approval hears the bell; the letters are the approvals' own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong.approvals.events import ApprovalAsked
from dougong.approvals.models import Approval
from dougong.approvals.people import asked_people
from dougong.approvals.rules import rules_in_force
from dougong.events import DocumentRef
from dougong.notices.service import tell

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


def ring_for_approvals(uow: UnitOfWork, events: Sequence[ApprovalAsked]) -> None:
    """A notice for each person whose answer is waited for now."""
    for event in events:
        approval = uow.get(Approval, event.approval_id)
        known = rules_in_force(uow).get((approval.resource, approval.step), [])
        now = [rule for rule in known if rule.id in event.rules]
        people = asked_people(uow.session, now, approval.company_id)
        here = DocumentRef(approval.resource, approval.document_id)
        tell(uow, "approval", here, [p.id for p in people], by_mail=False, who=uow.actor.name)
