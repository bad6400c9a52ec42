"""The counters, how their numbers read, which were left out on purpose; and the house's block of ids."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Document
from dougong.series.patterns import Pattern
from dougong.types import Id


class SeriesCounter(Base):
    """The last number given of a series."""

    __tablename__ = "core_series"

    company_id: Mapped[int] = mapped_column(
        Id,
        ForeignKey("core_company.id", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
    )
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)
    #: Which documents bear the numbers, in which field: ``crm.orders:number``.
    bearer: Mapped[str] = mapped_column(String(100), default="")


class SeriesPattern(Document, Base):
    """How the numbers of a series read on documents from a day on; older patterns stay as they are."""

    __tablename__ = "core_series_pattern"
    __document__: ClassVar[str] = "core.series"
    __table_args__ = (Index("ix_core_series_pattern_kind", "company_id", "kind"),)

    kind: Mapped[str] = mapped_column(String(60))
    from_on: Mapped[dt.date]
    text: Mapped[str] = mapped_column(String(60))
    digits: Mapped[int] = mapped_column(Integer)
    restart: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(String(100))
    at: Mapped[dt.datetime]

    @property
    def pattern(self) -> Pattern:
        """As numbers are worded by it."""
        return Pattern(self.text, self.digits, self.restart)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


class SeriesGap(Document, Base):
    """Numbers that nobody will get: left out on purpose, with the reason an auditor asks for."""

    __tablename__ = "core_series_gap"
    __document__: ClassVar[str] = "core.series-gaps"
    __table_args__ = (
        CheckConstraint("first >= 1 AND final >= first", name="in_order"),
        Index("ix_core_series_gap_kind", "company_id", "kind", "year"),
    )

    kind: Mapped[str] = mapped_column(String(60))
    year: Mapped[int] = mapped_column(Integer)
    first: Mapped[int] = mapped_column(Integer)
    final: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str]
    by: Mapped[str] = mapped_column(String(100))
    at: Mapped[dt.datetime]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.first}–{self.final}"


class IdBlock(Base):
    """The next free id of the house; processes take a thousand at a time."""

    __tablename__ = "core_id_block"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    next: Mapped[int]
