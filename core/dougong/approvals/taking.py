"""The job that takes a step once everybody has agreed, on behalf of whoever asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from dougong.approvals.guarding import Guard
from dougong.approvals.models import Approval
from dougong.errors import DougongError
from dougong.resources.steps import read_asked

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


def take(run: Any, approval: int) -> None:
    """Take the step; what refuses it is written on the approval, and can be mended and tried by hand."""
    try:
        run.do(lambda uow: _take(uow, approval))
    except DougongError as refusal:
        sentence = str(refusal)[:500]
        run.do(lambda uow: _note(uow, approval, sentence))


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


def _note(uow: UnitOfWork, id: int, sentence: str) -> None:
    uow.get(Approval, id).note = sentence
