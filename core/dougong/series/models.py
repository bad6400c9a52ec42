"""The counters: one row a company, kind and year; and the house-wide block of ids."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
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


class IdBlock(Base):
    """The next free id of the house; processes take a thousand at a time."""

    __tablename__ = "core_id_block"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    next: Mapped[int]
