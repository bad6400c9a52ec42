"""Which wishes count for a paper, and those that counted before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dougong.printing.letterheads.models import ANY
from dougong.printing.looks.models import PaperLook
from dougong.printing.looks.wishes import Said
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.actors import Actor
    from dougong.unit_of_work import House

#: Wishes by paper and language.
Looks = Mapping[tuple[str, str], Said]


def looks(session: Session, company: int, papers: Iterable[str] | None = None) -> Looks:
    """What counts now for a company's papers, or for these."""
    latest = select(func.max(PaperLook.id)).where(PaperLook.company_id == company)
    if papers is not None:
        latest = latest.where(PaperLook.paper.in_(list(papers)))
    latest = latest.group_by(PaperLook.paper, PaperLook.language)
    rows = session.execute(
        select(PaperLook.paper, PaperLook.language, PaperLook.said).where(PaperLook.id.in_(latest)),
        execution_options={SCOPED: True},
    )
    return {(paper, language): said for paper, language, said in rows if said}


def look_of(found: Looks, paper: str, language: str) -> Said:
    """What counts for a paper in a language: the wish for every language, and above it its own."""
    every, own = found.get((paper, ANY), {}), found.get((paper, language), {})
    words = {**every.get("words", {}), **own.get("words", {})}
    return {**every, **own, **({"words": words} if words else {})}


def looks_now(house: House, actor: Actor) -> Looks:
    """The same for lists of papers, as this process remembers it for a second."""

    def read() -> Looks:
        with house.read(actor) as session:
            return looks(session, actor.company_id)

    question = ("paper looks", actor.company_id)
    found: Looks = house.remembered.answer(question, {PaperLook.__table__}, read)  # type: ignore[arg-type]
    return found


def versions(session: Session, company: int, paper: str, language: str) -> list[PaperLook]:
    """Every version, the latest first."""
    return list(
        session.scalars(
            select(PaperLook)
            .where(
                PaperLook.company_id == company,
                PaperLook.paper == paper,
                PaperLook.language == language,
            )
            .order_by(PaperLook.id.desc())
        )
    )
