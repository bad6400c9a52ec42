"""A saved view of a list."""

from __future__ import annotations

from sqlalchemy import Boolean, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row
from dougong.types import Id


class SavedView(Row, Base):
    """The query of a list under a name: one's own, or for everybody who may see the list."""

    __tablename__ = "core_saved_view"
    __table_args__ = (Index("uq_core_saved_view", "noun", "user_id", "name", unique=True),)

    noun: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(80))
    #: The list's own query string; names its reader may not see are dropped when it is opened.
    query: Mapped[str] = mapped_column(Text)
    #: Whose it is; 0 is the house itself.
    user_id: Mapped[int] = mapped_column(Id)
    shared: Mapped[bool] = mapped_column(Boolean, default=False)
