"""A file beside a document of any plugin; the rights of the document are the rights of its files.

The content stands in the database: it is saved and restored with it, and every web process has it.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row, link_to


class File(Row, Base):
    """What somebody put beside a document, and when. It is never changed, only taken away."""

    __tablename__ = "core_file"
    __table_args__ = (Index("ix_core_file_document", "document", "document_id"),)

    #: The resource that shows the document: ``crm.orders``.
    document: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(150))
    #: What it is by its content: ``image/png``.
    kind: Mapped[str] = mapped_column(String(100))
    #: Bytes.
    size: Mapped[int]
    #: SHA-256 of the content.
    digest: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[int | None]
    author: Mapped[str]
    added_at: Mapped[dt.datetime]


class FileContent(Row, Base):
    """The bytes of a file, apart from it so that a list of files reads none."""

    __tablename__ = "core_file_content"

    file_id: Mapped[int] = link_to("core_file.id", ondelete="CASCADE", unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
