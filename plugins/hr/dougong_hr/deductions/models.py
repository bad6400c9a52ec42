"""What an employee may deduct from income before tax, month by month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, _, link_to
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee
from dougong_hr.privacy import PRIVATE

#: The kinds of the Chinese income tax law (special additional deductions).
DEDUCTIONS = {
    "children": _("Education of children"),
    "infants": _("Care of children under three"),
    "education": _("Further education"),
    "mortgage": _("Interest on a first home"),
    "rent": _("Rent"),
    "elderly": _("Care of parents"),
    "illness": _("Serious illness"),
    "pension": _("Private pension"),
    "other": _("Other"),
}


class TaxDeduction(Document, Base):
    """An amount a month, from one month to another."""

    __tablename__ = "hr_tax_deduction"
    __document__: ClassVar[str] = "hr.deductions"
    __table_args__ = (
        CheckConstraint(
            "amount > 0",
            name="amount_positive",
            info={"sentence": _("A deduction is greater than zero.")},
        ),
        CheckConstraint(
            "until_on >= from_on",
            name="dates_in_order",
            info={"sentence": _("A deduction does not end before it begins.")},
        ),
    )

    employee_id: Mapped[int] = link_to("hr_employee.id")
    kind: Mapped[str] = mapped_column(String(12), default="children")
    amount: Mapped[Decimal] = mapped_column(info=PRIVATE)
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(String(200), info=PRIVATE)

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")

    def __str__(self) -> str:
        return str(DEDUCTIONS.get(self.kind, self.kind))
