"""A message to one reaction, written in the transaction whose event it tells."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row


class OutboxMessage(Row, Base):
    """One event for one reaction. ``state``: waiting, sending, sent, dead or cancelled."""

    __tablename__ = "core_outbox"
    __document__: ClassVar[str] = "core.outbox"
    __table_args__ = (Index("ix_core_outbox_due", "state", "due_at"),)

    reaction: Mapped[str] = mapped_column(String(200))
    event: Mapped[str] = mapped_column(String(200))
    payload: Mapped[dict[str, Any]]
    company_id: Mapped[int | None]
    written_at: Mapped[dt.datetime]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    due_at: Mapped[dt.datetime]
    tries: Mapped[int] = mapped_column(Integer, default=0)
    leased_until: Mapped[dt.datetime | None]
    worker: Mapped[str | None] = mapped_column(String(80))
    error: Mapped[str | None] = mapped_column(Text)

    def __str__(self) -> str:
        return f"{self.event.rpartition(':')[2]} {self.id}"
