"""Finding companies."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.companies.models import Company
from dougong.errors import NotFound
from dougong.i18n import _


def all_companies(session: Session) -> list[Company]:
    """The companies that are at work."""
    return list(session.scalars(select(Company).where(Company.active).order_by(Company.id)))


def company_named(session: Session, code: str) -> Company:
    """The company with this short name; raises `NotFound`."""
    company = session.scalars(select(Company).where(Company.code == code)).first()
    if company is None:
        raise NotFound(_("company"), code)
    return company
