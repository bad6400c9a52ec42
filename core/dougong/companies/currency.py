"""The currency each company keeps its books in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.companies.models import Company

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


def currency_of(uow: UnitOfWork, company: int) -> str:
    """The company's currency."""

    def read() -> dict[int, str]:
        rows = uow.look(select(Company.id, Company.currency))
        return {row.id: row.currency for row in rows}

    return uow.remembered("currencies", [Company], read)[company]
