"""When somebody last opened a document."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row, link_to


class Visit(Row, Base):
    """One person, one document, the last time."""

    __tablename__ = "core_visit"
    __table_args__ = (UniqueConstraint("user_id", "noun", "document_id"),)

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE", index=False)
    #: The list that it was opened in: ``crm.customers``.
    noun: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    at: Mapped[dt.datetime]
