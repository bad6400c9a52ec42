"""A department, which may stand below another."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, _, link_to
from dougong_base import Party
from dougong_hr.db import Base


class Department(Document, Base):
    """People who work together under one head."""

    __tablename__ = "hr_department"
    __document__: ClassVar[str] = "hr.departments"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint(
            "parent_id <> id",
            name="not_below_itself",
            info={"sentence": _("A department cannot stand below itself.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    parent_id: Mapped[int | None] = link_to("hr_department.id")
    #: Who leads it: the party of an employee.
    head_id: Mapped[int | None] = link_to("base_party.id")
    active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped[Department | None] = relationship(remote_side="Department.id", lazy="raise")
    head: Mapped[Party | None] = relationship(Party, lazy="raise")

    def __str__(self) -> str:
        return self.name
