"""What a migration remembers of itself."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row


class FinishedStep(Row, Base):
    """A step of a plan that was gone through to its end; ``--resume`` passes it by."""

    __tablename__ = "core_import_step"
    __table_args__ = (UniqueConstraint("plan", "step", "company_id"),)

    plan: Mapped[str] = mapped_column(String(40))
    step: Mapped[str] = mapped_column(String(120))
    company_id: Mapped[int]
    finished_at: Mapped[dt.datetime]
    made: Mapped[int] = mapped_column(Integer)
