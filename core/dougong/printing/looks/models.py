"""What a company said about one of its papers; each saving is a version of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Document
from dougong.types import Json


class PaperLook(Document, Base):
    """A version: what was said of a paper, for one language or for all; the latest one counts."""

    __tablename__ = "core_paper_look"
    __document__: ClassVar[str] = "core.papers"
    __table_args__ = (Index("ix_core_paper_look_paper", "company_id", "paper", "language"),)

    #: Resource and paper: ``crm.orders/confirmation``.
    paper: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(12))
    said: Mapped[dict[str, Any]] = mapped_column(Json)
    by: Mapped[str] = mapped_column(String(100))
    at: Mapped[dt.datetime]

    def __str__(self) -> str:
        return self.paper
