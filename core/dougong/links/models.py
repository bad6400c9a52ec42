"""A link between two documents of any plugins."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row


class DocumentLink(Row, Base):
    """The order led to the delivery: ``kind`` says how (delivery, invoice, payment, entry, reversal)."""

    __tablename__ = "core_document_link"
    __table_args__ = (
        Index("uq_core_document_link", "from_id", "to_id", "kind", unique=True),
        Index("ix_core_document_link_to", "to_id"),
    )

    from_kind: Mapped[str] = mapped_column(String(60))
    from_id: Mapped[int]
    to_kind: Mapped[str] = mapped_column(String(60))
    to_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(30))
