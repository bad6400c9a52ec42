"""Links between documents lead to documents that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select, union
from sqlalchemy.orm import Session

from dougong.i18n import _
from dougong.links.models import DocumentLink
from dougong.plugin import Check
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun

FEW = 20


def link_checks(nouns: Iterable[Noun]) -> list[Check]:
    """One check a noun: the documents that links name are there."""
    return [
        Check(
            f"{noun.name}.links",
            _("Links to: %(label)s", label=noun.label),
            linked(noun.name, noun.model),
        )
        for noun in nouns
        if noun.key == "id"
    ]


def linked(kind: str, model: type[Any]) -> Callable[[Session], Iterable[str]]:
    """The question of a `Check`: is every document of this kind that a link names still there?"""

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
