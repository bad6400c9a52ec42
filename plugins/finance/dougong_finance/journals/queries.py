"""Which journal of a company is for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong import Refused, _
from dougong_finance.journals.models import KINDS, Journal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import UnitOfWork
    from dougong_finance.invoices.models import Invoice


class NoJournal(Refused):
    """A company without the book that is needed."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            _(
                "There is no journal of the kind “%(kind)s”. Add one first.",
                kind=KINDS.get(kind, kind),
            )
        )


def money_journals(session: Session, document: Invoice | None) -> list[tuple[int, str]]:
    """The bank and cash journals a payment may be entered in, the usual bank first."""
    question = select(Journal.id, Journal.name).where(
        Journal.active, Journal.kind.in_({"bank", "cash"})
    )
    if document is not None:
        question = question.where(Journal.company_id == document.company_id)
    found = session.execute(question.order_by(Journal.kind, Journal.id)).all()
    return [(id, str(name)) for id, name in found]


def journal_for(uow: UnitOfWork, company: int, kind: str) -> int:
    """The first active journal of this kind; raises `NoJournal`."""

    def read() -> dict[tuple[int, str], int]:
        rows = uow.look(
            select(Journal.company_id, Journal.kind, Journal.id)
            .where(Journal.active)
            .order_by(Journal.id.desc())
        )
        return {(c, k): i for c, k, i in rows}

    found = uow.remembered("finance.journals", [Journal], read).get((company, kind))
    if found is None:
        raise NoJournal(kind)
    return found
