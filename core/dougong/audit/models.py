"""The history: one row a changed document, chained by hash along a connection."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base


class AuditEntry(Base):
    """One change of one document: what each field was and became, as JSON."""

    __tablename__ = "core_audit"
    __table_args__ = (Index("ix_core_audit_document", "document", "document_id"),)

    chain: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    #: create, change, delete, print or look.
    action: Mapped[str] = mapped_column(String(8))
    document: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    company_id: Mapped[int | None]
    user_id: Mapped[int | None]
    user_name: Mapped[str] = mapped_column(String(200))
    request_id: Mapped[str] = mapped_column(String(64))
    changes: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class AuditChain(Base):
    """Where a chain stands, and which chain's state it was begun on: a cut tail shows here."""

    __tablename__ = "core_audit_chain"

    chain: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[dt.datetime]
    after_chain: Mapped[str] = mapped_column(String(32), default="")
    after_seq: Mapped[int] = mapped_column(Integer, default=0)
    after_hash: Mapped[str] = mapped_column(String(64), default="")
