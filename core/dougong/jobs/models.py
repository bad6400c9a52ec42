"""A job: enqueued inside the business transaction, claimed by lease."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row


class QueuedJob(Row, Base):
    """One run of a job. ``state``: waiting, running, done, dead or cancelled; ``key`` is unique."""

    __tablename__ = "core_job"
    __document__: ClassVar[str] = "core.jobs"
    __table_args__ = (Index("ix_core_job_due", "state", "due_at"),)

    name: Mapped[str] = mapped_column(String(80))
    arguments: Mapped[dict[str, Any]]
    key: Mapped[str | None] = mapped_column(String(160), unique=True)
    company_id: Mapped[int | None]
    user_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    due_at: Mapped[dt.datetime]
    tries: Mapped[int] = mapped_column(Integer, default=0)
    leased_until: Mapped[dt.datetime | None]
    worker: Mapped[str | None] = mapped_column(String(80))
    #: 0 to 100, and a word about it.
    progress: Mapped[int] = mapped_column(Integer, default=0)
    note: Mapped[str | None] = mapped_column(String(200))
    error: Mapped[str | None] = mapped_column(Text)
    written_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"
