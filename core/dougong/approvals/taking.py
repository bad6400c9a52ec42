"""The job that takes a step once everybody has agreed, on behalf of whoever asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from dougong.approvals.guarding import Guard
from dougong.approvals.models import Approval
from dougong.errors import DougongError
from dougong.i18n import speaking
from dougong.resources.steps import read_asked

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


def take(run: Any, approval: int) -> None:
    """Take the step; what refuses it is written on the approval, and can be mended and tried by hand."""
    try:
        run.do(lambda uow: _take(uow, approval))
    except DougongError as refusal:
        run.do(partial(_note, id=approval, refusal=refusal))


def _take(uow: UnitOfWork, id: int) -> None:
    approval = uow.get(Approval, id)
    guard = cast(Guard, uow.house.oversight)
    road, step = guard.roads[approval.resource], guard.step((approval.resource, approval.step))
    document = uow.get(road.model, approval.document_id)
    if step is None or getattr(document, road.workflow.field) not in step.source:
        return
    if document.version == approval.seen:
        uow.require(step.needs)
        answers = read_asked(step, approval.answers)
        road.workflow.take(uow, road.model, step, [document.id], answers)


def _note(uow: UnitOfWork, id: int, refusal: DougongError) -> None:
    """Whoever asked reads it: it is said in their language."""
    approval = uow.get(Approval, id, Approval.asked_by)
    with speaking(approval.asked_by.language if approval.asked_by else "en"):
        approval.note = str(refusal)[:500]
