"""What social insurance and housing fund ask in a place, from a day on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Percent, Row, _, link_to
from dougong_hr.db import Base

BRANCHES = {
    "pension": _("Pension"),
    "medical": _("Medical"),
    "unemployment": _("Unemployment"),
    "injury": _("Work injury"),
    "maternity": _("Maternity"),
    "housing": _("Housing fund"),
}


class InsurancePlan(Document, Base):
    """The rates of one place."""

    __tablename__ = "hr_insurance_plan"
    __document__: ClassVar[str] = "hr.insurance-plans"
    __table_args__ = (UniqueConstraint("company_id", "code"),)

    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(80))
    note: Mapped[str | None] = mapped_column(String(2000))
    active: Mapped[bool] = mapped_column(default=True)

    rates: Mapped[list[InsuranceRate]] = relationship(
        back_populates="plan", lazy="raise", order_by="InsuranceRate.from_on, InsuranceRate.id"
    )

    def __str__(self) -> str:
        return self.name


class InsuranceRate(Row, Base):
    """The rates of one branch from a day on, and between which limits the base lies."""

    __tablename__ = "hr_insurance_rate"
    __part_of__: ClassVar[str] = "plan_id"
    __table_args__ = (
        UniqueConstraint("plan_id", "branch", "from_on"),
        CheckConstraint(
            "high >= low",
            name="limits_in_order",
            info={"sentence": _("The upper limit of the base is not below the lower one.")},
        ),
        CheckConstraint(
            "employee >= 0 AND employer >= 0",
            name="rates_not_negative",
            info={"sentence": _("A rate is not negative.")},
        ),
    )

    plan_id: Mapped[int] = link_to("hr_insurance_plan.id", ondelete="CASCADE", index=False)
    branch: Mapped[str] = mapped_column(String(12))
    from_on: Mapped[dt.date]
    employee: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    employer: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    low: Mapped[Decimal] = mapped_column(default=ZERO)
    high: Mapped[Decimal | None]
    #: What the employee pays each month on top of the rate.
    fixed: Mapped[Decimal] = mapped_column(default=ZERO)

    plan: Mapped[InsurancePlan] = relationship(back_populates="rates", lazy="raise")
