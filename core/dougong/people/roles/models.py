"""A role, and who holds it in which company."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong.base import Base
from dougong.db import Record, Row, link_to
from dougong.types import Json


class Role(Record, Base):
    """Rights that go together. A plugin's own role keeps its rights in the plugin."""

    __tablename__ = "core_role"
    __document__: ClassVar[str] = "core.roles"

    name: Mapped[str] = mapped_column(String(60), unique=True)
    label: Mapped[str] = mapped_column(String(120))
    #: Whether a plugin declares it: then its rights stand there and change with it.
    declared: Mapped[bool] = mapped_column(default=False)
    #: Patterns: ``crm.order.*``. Of a declared role: what an administrator added.
    rights: Mapped[list[Any]] = mapped_column(Json, default=list)
    active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.label


class UserRole(Row, Base):
    """A person holds a role: in one company, or in all that they may see."""

    __tablename__ = "core_user_role"
    __part_of__: ClassVar[str] = "user_id"
    __table_args__ = (
        UniqueConstraint("user_id", "role_id", "company_id"),
        Index(
            "uq_core_user_role_everywhere",
            "user_id",
            "role_id",
            unique=True,
            sqlite_where=text("company_id IS NULL"),
            postgresql_where=text("company_id IS NULL"),
        ),
    )

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE")
    role_id: Mapped[int] = link_to("core_role.id")
    company_id: Mapped[int | None] = link_to("core_company.id", ondelete="CASCADE")

    role: Mapped[Role] = relationship(lazy="raise")
