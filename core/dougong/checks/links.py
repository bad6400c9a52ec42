"""Links between documents lead to documents that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import exists, select, union
from sqlalchemy.orm import Session

from dougong.links.models import DocumentLink
from dougong.unit_of_work.session import SCOPED

FEW = 20


def linked(kind: str, model: type[Any]) -> Callable[[Session], Iterable[str]]:
    """The question of a `Check`: is every document of this kind that a link names still there?

    ``Check("crm.orders.links", _("Links of orders"), linked("crm.orders", Order))``. The core asks
    it of every resource by itself.
    """

    def run(session: Session) -> Iterator[str]:
        ends = union(
            select(DocumentLink.from_id.label("id")).where(DocumentLink.from_kind == kind),
            select(DocumentLink.to_id.label("id")).where(DocumentLink.to_kind == kind),
        ).subquery()
        lost = session.execute(
            select(ends.c.id)
            .where(~exists().where(model.id == ends.c.id))
            .order_by(ends.c.id)
            .limit(FEW),
            execution_options={SCOPED: True},
        )
        for (id,) in lost:
            yield f"{kind} {id} is linked to, and is not there"

    return run
