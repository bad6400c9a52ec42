"""A company: a set of books."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Record


class Company(Record, Base):
    """Whoever keeps a set of books here, and the currency they are kept in."""

    __tablename__ = "core_company"
    __document__: ClassVar[str] = "core.companies"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    country: Mapped[str | None] = mapped_column(String(2))
    timezone: Mapped[str] = mapped_column(String(40), default="UTC")
    language: Mapped[str] = mapped_column(String(12), default="en")
    active: Mapped[bool] = mapped_column(default=True)
    #: Whether everything in it was invented: made by ``dougong demo``, and nothing else.
    demo: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.name
