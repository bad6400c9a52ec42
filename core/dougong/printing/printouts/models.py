"""A file of many papers, for the person who asked for it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from dougong.base import Base
from dougong.db import Row, link_to

#: How long a file waits to be opened.
KEPT = dt.timedelta(days=7)


class Printout(Row, Base):
    """Asked for, then ready with its file, or refused with a sentence."""

    __tablename__ = "core_printout"

    #: Who asked, and alone may open it; empty for the house itself.
    user_id: Mapped[int | None] = link_to("core_user.id", ondelete="CASCADE")
    label: Mapped[str] = mapped_column(String(200))
    papers: Mapped[int] = mapped_column(Integer)
    asked_at: Mapped[dt.datetime] = mapped_column(index=True)
    ready_at: Mapped[dt.datetime | None]
    filename: Mapped[str | None] = mapped_column(String(120))
    problem: Mapped[str | None] = mapped_column(String(500))
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))

    @property
    def state(self) -> str:
        """waiting, ready or refused."""
        if self.problem:
            return "refused"
        return "ready" if self.ready_at else "waiting"
