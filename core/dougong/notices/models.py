"""A notice says with facts what happened to a document; it becomes words when it is shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row, link_to
from dougong.types import Json

#: How somebody hears of notices, beside the bell.
MAIL, DIGEST, BELL = "mail", "digest", "bell"
WAYS = (MAIL, DIGEST, BELL)


class Notice(Row, Base):
    """Something that happened to a document, for one reader."""

    __tablename__ = "core_notice"
    __table_args__ = (
        Index("ix_core_notice_document", "document", "document_id"),
        Index(
            "ix_core_notice_unread", "user_id", "id",
            sqlite_where=text("read_at IS NULL"), postgresql_where=text("read_at IS NULL"),
        ),
    )  # fmt: skip

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE", index=False)
    #: What happened: mention, note, step, assigned, due, approval, follower; of a plugin: shop.late.
    kind: Mapped[str] = mapped_column(String(60))
    #: Facts that become words in the reader's language when they are shown.
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    document: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    #: Where it happened; a letter is written with the reader's rights there.
    company_id: Mapped[int]
    at: Mapped[dt.datetime]
    read_at: Mapped[dt.datetime | None]
    #: When a letter was handed over; none goes twice.
    told_at: Mapped[dt.datetime | None]


class NoticeWay(Row, Base):
    """How one person hears of notices; without a row once a day."""

    __tablename__ = "core_notice_way"
    __table_args__ = (CheckConstraint("way IN ('mail', 'digest', 'bell')", name="way_known"),)

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE", unique=True, index=False)
    way: Mapped[str] = mapped_column(String(8), default=DIGEST)
