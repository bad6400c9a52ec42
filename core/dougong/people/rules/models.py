"""Conditions that administrators put on the rows a role sees."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong.base import Base
from dougong.db import Record, link_to
from dougong.people.roles.models import Role
from dougong.types import Json


class RecordRule(Record, Base):
    """Whoever holds the role sees only these rows of the resource."""

    __tablename__ = "core_record_rule"
    __document__: ClassVar[str] = "core.rules"

    label: Mapped[str] = mapped_column(String(120))
    role_id: Mapped[int] = link_to("core_role.id", ondelete="CASCADE")
    #: The resource: ``crm.orders``.
    resource: Mapped[str] = mapped_column(String(60))
    #: ``{"field": "owner", "op": "eq", "value": "$user"}``, joined by all, any and not.
    filter: Mapped[dict[str, Any]] = mapped_column(Json)
    active: Mapped[bool] = mapped_column(default=True)

    role: Mapped[Role] = relationship(lazy="raise")

    def __str__(self) -> str:
        return self.label
