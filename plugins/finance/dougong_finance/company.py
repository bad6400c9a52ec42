"""The currency each company keeps its books in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.companies.models import Company

if TYPE_CHECKING:
    from dougong import UnitOfWork


def currency_of(uow: UnitOfWork, company: int) -> str:
    """The company's currency; read once a unit of work."""
    kept: dict[int, str] | None = uow.session.info.get("finance_currencies")
    if kept is None:
        rows = uow.look(select(Company.id, Company.currency))
        kept = uow.session.info["finance_currencies"] = dict(rows.all())
    return kept[company]
