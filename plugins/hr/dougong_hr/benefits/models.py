"""A benefit plan with dated shares, and somebody who takes part in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Percent, Row, _, link_to
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee
from dougong_hr.privacy import WAGE

BENEFITS = {
    "health": _("Health insurance"),
    "pension": _("Company pension"),
    "meal": _("Meals"),
    "travel": _("Way to work"),
    "housing": _("Housing"),
    "other": _("Other"),
}
NOT_NEGATIVE = _("A share of a benefit is not negative.")


class BenefitPlan(Document, Base):
    """What the company offers, and how employee and employer share its cost each month."""

    __tablename__ = "hr_benefit_plan"
    __document__: ClassVar[str] = "hr.benefit-plans"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint(
            "kind IN ('health', 'pension', 'meal', 'travel', 'housing', 'other')",
            name="kind_known",
        ),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8), default="health")
    #: The employee's share lowers the taxable income.
    before_tax: Mapped[bool] = mapped_column(default=False)
    #: The employer's share counts as income of the employee.
    taxable: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str | None] = mapped_column(String(2000))

    rates: Mapped[list[BenefitRate]] = relationship(
        back_populates="plan", lazy="raise", order_by="BenefitRate.from_on"
    )

    def __str__(self) -> str:
        return self.name


class BenefitRate(Row, Base):
    """The monthly shares from a day on: a fixed amount, and a part of the monthly wage."""

    __tablename__ = "hr_benefit_rate"
    __part_of__: ClassVar[str] = "plan_id"
    __table_args__ = (
        UniqueConstraint("plan_id", "from_on"),
        CheckConstraint(
            "employee >= 0 AND employer >= 0 AND employee_percent >= 0 AND employer_percent >= 0",
            name="shares_not_negative",
            info={"sentence": NOT_NEGATIVE},
        ),
    )

    plan_id: Mapped[int] = link_to("hr_benefit_plan.id", ondelete="CASCADE", index=False)
    from_on: Mapped[dt.date]
    employee: Mapped[Decimal] = mapped_column(default=ZERO)
    employee_percent: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    employer: Mapped[Decimal] = mapped_column(default=ZERO)
    employer_percent: Mapped[Decimal] = mapped_column(Percent, default=ZERO)

    plan: Mapped[BenefitPlan] = relationship(back_populates="rates", lazy="raise")

    def shares(self, wage: Decimal) -> tuple[Decimal, Decimal]:
        """What employee and employer give in a month, by this monthly wage."""
        return (
            self.employee + wage * self.employee_percent / 100,
            self.employer + wage * self.employer_percent / 100,
        )


class BenefitEnrolment(Document, Base):
    """Somebody takes part in a plan from a day on; amounts here go before those of the plan."""

    __tablename__ = "hr_benefit_enrolment"
    __document__: ClassVar[str] = "hr.benefits"
    __table_args__ = (
        CheckConstraint(
            "until_on >= from_on",
            name="dates_in_order",
            info={"sentence": _("A benefit does not end before it begins.")},
        ),
        CheckConstraint(
            "employee_share >= 0 AND employer_share >= 0",
            name="shares_not_negative",
            info={"sentence": NOT_NEGATIVE},
        ),
    )

    employee_id: Mapped[int] = link_to("hr_employee.id")
    plan_id: Mapped[int] = link_to("hr_benefit_plan.id")
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date | None]
    employee_share: Mapped[Decimal | None] = mapped_column(info=WAGE)
    employer_share: Mapped[Decimal | None] = mapped_column(info=WAGE)
    note: Mapped[str | None] = mapped_column(String(200))

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
    plan: Mapped[BenefitPlan] = relationship(BenefitPlan, lazy="raise")

    def __str__(self) -> str:
        return str(self.from_on)
