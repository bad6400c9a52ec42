"""Who follows which document of any plugin; the rights of the document are the rights of its followers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row, link_to
from dougong.i18n import _


class Follower(Row, Base):
    """A person who hears of notes on a document and of its steps."""

    __tablename__ = "core_follower"
    __table_args__ = (
        UniqueConstraint(
            "document", "document_id", "user_id",
            info={"sentence": _("This person follows the document already.")},
        ),
        Index("ix_core_follower_document_id", "document_id"),
    )  # fmt: skip

    #: What links and the history call the document: ``crm.orders``.
    document: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE")
    since: Mapped[dt.datetime]
