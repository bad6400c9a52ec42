"""A note on a document of any plugin; the rights of the document are the rights of its notes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row


class Note(Row, Base):
    """What somebody wrote, when, on which document. A note is never changed, only taken back."""

    __tablename__ = "core_note"
    __table_args__ = (Index("ix_core_note_document", "document", "document_id"),)

    #: The resource that shows the document: ``crm.orders``.
    document: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int | None]
    author: Mapped[str]
    written_at: Mapped[dt.datetime]
