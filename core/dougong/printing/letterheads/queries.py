"""Which letterhead a company's papers bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.companies.models import Company
from dougong.printing.letterheads.models import ANY, Letterhead

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


def letterheads(session: Session, companies: Iterable[int], language: str) -> dict[int, Letterhead]:
    """The letterhead of each company in a language; one with nothing but its name where none is kept."""
    wanted = set(companies)
    rows = session.scalars(
        select(Letterhead).where(
            Letterhead.company_id.in_(wanted), Letterhead.language.in_((ANY, language))
        )
    ).all()
    # The one of the language comes last and wins.
    found = {row.company_id: row for row in sorted(rows, key=lambda row: row.language == language)}
    for company in session.scalars(select(Company).where(Company.id.in_(wanted - set(found)))):
        found[company.id] = Letterhead(company_id=company.id, name=company.name)
    return found
