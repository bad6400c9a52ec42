"""What people are employed as."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, link_to
from dougong_hr.db import Base
from dougong_hr.departments.models import Department


class Position(Document, Base):
    """A job: accountant, fitter, head of sales."""

    __tablename__ = "hr_position"
    __document__: ClassVar[str] = "hr.positions"
    __table_args__ = (UniqueConstraint("company_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    department_id: Mapped[int | None] = link_to("hr_department.id")
    description: Mapped[str | None] = mapped_column(String(2000))
    active: Mapped[bool] = mapped_column(default=True)

    department: Mapped[Department | None] = relationship(lazy="raise")

    def __str__(self) -> str:
        return self.name
