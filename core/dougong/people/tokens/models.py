"""A key with which a program acts on a person's behalf."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong.base import Base
from dougong.db import Record, link_to
from dougong.people.users.models import User
from dougong.types import Json


class Token(Record, Base):
    """Shown once; kept as a hash. It opens what its scopes and its owner's rights both allow."""

    __tablename__ = "core_api_token"
    __document__: ClassVar[str] = "core.tokens"

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE")
    name: Mapped[str] = mapped_column(String(80))
    #: The beginning, by which a person tells one from another.
    prefix: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    scopes: Mapped[list[Any]] = mapped_column(Json)
    company_id: Mapped[int] = link_to("core_company.id", ondelete="CASCADE")
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    #: Written by the way, so not part of what the history tells.
    used_at: Mapped[dt.datetime | None] = mapped_column(info={"secret": True})
    revoked: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship(lazy="raise")

    def __str__(self) -> str:
        return self.name
