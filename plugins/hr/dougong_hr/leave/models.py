"""Types of leave, what people are entitled to, what they ask for, and each day they are away."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Owned, Quantity, Refused, Row, _, link_to
from dougong.people.users.models import User
from dougong_hr.calendars.workdays import Workdays
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee
from dougong_hr.leave.balance import HALF, Account
from dougong_hr.leave.workflow import LEAVE_STEPS

ACCRUALS = {
    "yearly": _("All at the beginning of the year"),
    "monthly": _("A twelfth each month"),
    "none": _("Without limit"),
}


class LeaveType(Document, Base):
    """Annual leave, sickness, marriage: how many days, how they grow and what is carried over."""

    __tablename__ = "hr_leave_type"
    __document__: ClassVar[str] = "hr.leave-types"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint("accrual IN ('yearly', 'monthly', 'none')", name="accrual_known"),
        CheckConstraint(
            "days_year >= 0 AND carry_most >= 0 AND overdraw >= 0",
            name="days_not_negative",
            info={"sentence": _("Days of leave are not negative.")},
        ),
        CheckConstraint(
            "carry_months BETWEEN 0 AND 12",
            name="carry_months_sensible",
            info={"sentence": _("What is carried over lives 0 to 12 months; 0 is for ever.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    paid: Mapped[bool] = mapped_column(default=True)
    accrual: Mapped[str] = mapped_column(String(8), default="yearly")
    days_year: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    carry_most: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    carry_months: Mapped[int] = mapped_column(Integer, default=3)
    #: So many days may be taken before they are earned.
    overdraw: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.name

    @property
    def limited(self) -> bool:
        """Whether somebody can run out of it."""
        return self.accrual != "none"

    def carried_until(self, year: int) -> dt.date | None:
        """The last day on which leave carried into that year can be taken."""
        if not self.carry_months:
            return None
        first = dt.date(year + self.carry_months // 12, self.carry_months % 12 + 1, 1)
        return first - dt.timedelta(days=1)


class Entitlement(Document, Base):
    """What somebody may take of one type in a year."""

    __tablename__ = "hr_entitlement"
    __document__: ClassVar[str] = "hr.entitlements"
    __table_args__ = (
        UniqueConstraint("employee_id", "type_id", "year"),
        CheckConstraint(
            "granted >= 0 AND carried >= 0",
            name="days_not_negative",
            info={"sentence": _("Days of leave are not negative.")},
        ),
    )

    employee_id: Mapped[int] = link_to("hr_employee.id", index=False)
    type_id: Mapped[int] = link_to("hr_leave_type.id")
    year: Mapped[int] = mapped_column(Integer)
    granted: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    carried: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    carried_until: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(String(200))

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
    type: Mapped[LeaveType] = relationship(LeaveType, lazy="raise")

    def __str__(self) -> str:
        return str(self.year)

    def account(self, accrual: str) -> Account:
        """The same as plain figures."""
        return Account(self.granted, self.carried, self.carried_until, accrual)


class LeaveRequest(Document, Base):
    """Somebody wants to be away."""

    __tablename__ = "hr_leave_request"
    __document__: ClassVar[str] = "hr.leaves"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'asked', 'approved', 'refused', 'cancelled')", name="state_known"
        ),
        CheckConstraint(
            "last_on >= first_on",
            name="dates_in_order",
            info={"sentence": _("Leave does not end before it begins.")},
        ),
        Index("ix_hr_leave_request_employee_dates", "employee_id", "first_on", "last_on"),
    )

    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    employee_id: Mapped[int] = link_to("hr_employee.id", index=False)
    type_id: Mapped[int] = link_to("hr_leave_type.id")
    first_on: Mapped[dt.date]
    last_on: Mapped[dt.date]
    #: Only the afternoon of the first day, only the morning of the last.
    half_first: Mapped[bool] = mapped_column(default=False)
    half_last: Mapped[bool] = mapped_column(default=False)
    #: Working days.
    days: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    reason: Mapped[str | None] = mapped_column(String(500))
    decided_by_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    decided_on: Mapped[dt.date | None]
    answer: Mapped[str | None] = mapped_column(String(200))

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
    type: Mapped[LeaveType] = relationship(LeaveType, lazy="raise")
    decided_by: Mapped[User | None] = relationship(User, lazy="raise")

    def __str__(self) -> str:
        return f"{self.first_on} – {self.last_on}"

    def spread(self, workdays: Workdays) -> list[tuple[dt.date, Decimal]]:
        """The working days it takes, each whole or half."""
        found = []
        for day in workdays.between(self.first_on, self.last_on):
            halves = (day == self.first_on and self.half_first) + (
                day == self.last_on and self.half_last
            )
            found.append((day, HALF if halves else Decimal(1)))
        return found

    def ask(self, days: Decimal) -> None:
        """It lies before whoever decides."""
        if not days:
            raise Refused(
                _("From %(first)s to %(last)s nobody works anyway.",
                  first=self.first_on, last=self.last_on)
            )  # fmt: skip
        LEAVE_STEPS.move(self, "ask")
        self.days = days

    def decide(self, step: str, user_id: int | None, on: dt.date, answer: str | None) -> None:
        """Somebody says yes or no."""
        LEAVE_STEPS.move(self, step)
        self.decided_by_id, self.decided_on, self.answer = user_id, on, answer


class AbsenceDay(Row, Owned, Base):
    """One working day, or half of one, that somebody asked for or is away."""

    __tablename__ = "hr_absence_day"
    __table_args__ = (
        UniqueConstraint("employee_id", "on"),
        Index("ix_hr_absence_day_on", "on"),
    )

    employee_id: Mapped[int] = link_to("hr_employee.id", index=False)
    request_id: Mapped[int] = link_to("hr_leave_request.id", ondelete="CASCADE")
    type_id: Mapped[int] = link_to("hr_leave_type.id")
    on: Mapped[dt.date]
    part: Mapped[Decimal] = mapped_column(Quantity)
    approved: Mapped[bool] = mapped_column(default=False)
