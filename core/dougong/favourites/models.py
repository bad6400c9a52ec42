"""A page of the house that one person keeps at hand."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Row, link_to
from dougong.i18n import _


class Favourite(Row, Base):
    """An address with what it is called."""

    __tablename__ = "core_favourite"
    __table_args__ = (
        UniqueConstraint(
            "user_id",
            "address",
            info={"sentence": _("This page is among your favourites already.")},
        ),
    )

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE", index=False)
    address: Mapped[str] = mapped_column(String(500))
    title: Mapped[str] = mapped_column(String(120))
