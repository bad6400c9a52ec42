"""The arrangement of one noun's form, for all or for one role."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Record


class FormLayout(Record, Base):
    """By field what differs from how its module made it."""

    __tablename__ = "core_form_layout"
    __document__: ClassVar[str] = "core.form-layouts"
    __table_args__ = (UniqueConstraint("noun", "role"),)

    noun: Mapped[str] = mapped_column(String(60))
    #: The role it is for; empty for everybody.
    role: Mapped[str] = mapped_column(String(60), default="")
    rules: Mapped[dict[str, Any]]

    def __str__(self) -> str:
        return f"{self.noun} {self.role}".strip()
