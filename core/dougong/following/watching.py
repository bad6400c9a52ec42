"""Whoever follows a document hears of its steps, whichever way they were taken."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.events import DocumentRef
from dougong.following.models import Follower
from dougong.notices.service import tell

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork
    from dougong.unit_of_work.history import History
    from dougong.wiring import Wiring


class Watch:
    """Looks at every unit of work when all is written; the house keeps one.

    Documents that nobody follows cost no statement: which kinds are followed at all is remembered.
    """

    def __init__(self, wiring: Wiring) -> None:
        #: The field that says where in its workflow a document is, by kind of document.
        self.fields: dict[str, str] = {}
        for resource in wiring.resources:
            kind = getattr(resource.model, "__document__", "")
            if resource.steps is not None and kind:
                self.fields.setdefault(kind, resource.steps.field)

    def finish(self, uow: UnitOfWork, history: History) -> None:
        """Tell the followers of documents that have moved on."""
        moved: dict[DocumentRef, str] = {}
        for (kind, id), change in history.changes.items():
            seen = change.fields.get(self.fields.get(kind, ""))
            if isinstance(seen, list) and None not in seen and seen[0] != seen[1]:
                moved[DocumentRef(kind, id)] = str(seen[1])
        if not moved:
            return
        followed = uow.remembered("kinds that are followed", [Follower], lambda: _kinds(uow))
        self._tell(uow, {here: state for here, state in moved.items() if here.kind in followed})

    def _tell(self, uow: UnitOfWork, moved: dict[DocumentRef, str]) -> None:
        if not moved:
            return
        rows = uow.session.execute(
            select(Follower.document, Follower.document_id, Follower.user_id).where(
                Follower.document_id.in_(sorted({here.id for here in moved}))
            )
        )
        people: dict[DocumentRef, list[int]] = defaultdict(list)
        for kind, id, user_id in rows:
            people[DocumentRef(kind, id)].append(user_id)
        for here, readers in people.items():
            if here in moved:
                tell(uow, "step", here, readers, who=uow.actor.name, state=moved[here])
        uow.settle()
        uow.flush()


def _kinds(uow: UnitOfWork) -> frozenset[str]:
    return frozenset(uow.session.scalars(select(Follower.document).distinct()))
