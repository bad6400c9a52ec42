"""A value an administrator chose for one company, instead of the declared default."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Document
from dougong.types import Json


class SettingValue(Document, Base):
    """One chosen value; a secret stands in a column that the history does not tell."""

    __tablename__ = "core_setting"
    __document__: ClassVar[str] = "core.settings"
    __table_args__ = (UniqueConstraint("company_id", "key"),)

    key: Mapped[str] = mapped_column(String(80))
    value: Mapped[Any] = mapped_column(Json)
    secret: Mapped[str | None] = mapped_column(Text, info={"secret": True, "class": "secret"})

    def __str__(self) -> str:
        return self.key
