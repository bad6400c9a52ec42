"""An amount or a number that is entered for one employee and one month."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, _, link_to
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee

#: The bonus that may be taxed by itself, once a year.
ONCE_A_YEAR = "annual_bonus"


class PayInput(Document, Base):
    """It is named like the component of the pay structure that takes it: bonus, pieces, hours."""

    __tablename__ = "hr_pay_input"
    __document__: ClassVar[str] = "hr.pay-inputs"
    __table_args__ = (
        CheckConstraint(
            "month BETWEEN 1 AND 12",
            name="month_known",
            info={"sentence": _("A month is a number from 1 to 12.")},
        ),
        Index("ix_hr_pay_input_month", "company_id", "year", "month"),
        Index(
            "uq_hr_pay_input_once_a_year",
            "employee_id",
            "year",
            unique=True,
            sqlite_where=text("code = 'annual_bonus'"),
            postgresql_where=text("code = 'annual_bonus'"),
            info={"sentence": _("The employee has an annual bonus in that year already.")},
        ),
    )

    employee_id: Mapped[int] = link_to("hr_employee.id")
    year: Mapped[int] = mapped_column(Integer)
    month: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(30))
    amount: Mapped[Decimal]
    note: Mapped[str | None] = mapped_column(String(200))

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")

    def __str__(self) -> str:
        return self.code
