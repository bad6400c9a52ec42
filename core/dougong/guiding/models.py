"""What a person was shown and need not be shown again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row, link_to


class Seen(Row, Base):
    """One thing that one person was shown, in whatever company."""

    __tablename__ = "core_seen"
    __table_args__ = (UniqueConstraint("user_id", "kind", "name"),)

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE")
    #: ``tour`` or ``news``.
    kind: Mapped[str] = mapped_column(String(8))
    #: A tour's key, or a package and its version: ``crm 0.1.0``.
    name: Mapped[str] = mapped_column(String(120))
    seen_at: Mapped[dt.datetime]
