"""A payroll, its payslips, and what everybody has earned so far in the year."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Owned, Row, StepNotAllowed, _, link_to
from dougong_hr.advances.models import KeptBack
from dougong_hr.calendars.workdays import month_of
from dougong_hr.contracts.models import Contract
from dougong_hr.db import Base
from dougong_hr.departments.models import Department
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.workflow import OPEN, PAYROLL_STEPS


class Payroll(Document, Base):
    """The pay of a month: everybody's, or one department's."""

    __tablename__ = "hr_payroll"
    __document__: ClassVar[str] = "hr.payrolls"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("kind IN ('regular', 'correction')", name="kind_known"),
        CheckConstraint(
            "state IN ('draft', 'computing', 'computed', 'posted', 'cancelled')",
            name="state_known",
        ),
        CheckConstraint(
            "month BETWEEN 1 AND 12",
            name="month_known",
            info={"sentence": _("A month is a number from 1 to 12.")},
        ),
        Index("ix_hr_payroll_month", "company_id", "year", "month"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    kind: Mapped[str] = mapped_column(String(10), default="regular")
    year: Mapped[int] = mapped_column(Integer)
    month: Mapped[int] = mapped_column(Integer)
    department_id: Mapped[int | None] = link_to("hr_department.id")
    pay_on: Mapped[dt.date | None]
    posted_on: Mapped[dt.date | None]
    people: Mapped[int] = mapped_column(Integer, default=0)
    gross: Mapped[Decimal] = mapped_column(default=ZERO)
    deductions: Mapped[Decimal] = mapped_column(default=ZERO)
    net: Mapped[Decimal] = mapped_column(default=ZERO)
    #: What the employer pays on top.
    employer: Mapped[Decimal] = mapped_column(default=ZERO)
    note: Mapped[str | None] = mapped_column(String(500))
    #: The job that computes it, and what it has told last.
    job_id: Mapped[int | None]
    told: Mapped[str | None] = mapped_column(String(400))

    department: Mapped[Department | None] = relationship(Department, lazy="raise")
    payslips: Mapped[list[Payslip]] = relationship(
        back_populates="payroll", lazy="raise", order_by="Payslip.id"
    )

    def __str__(self) -> str:
        return self.number or str(_("Payroll %(period)s", period=self.period))

    @property
    def period(self) -> str:
        """The month as 2025-03."""
        return f"{self.year}-{self.month:02d}"

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """The first and the last day of the month."""
        return month_of(dt.date(self.year, self.month, 1))

    def require_open(self) -> None:
        """Go on only while its payslips may still change."""
        if self.state not in OPEN:
            raise StepNotAllowed(self, PAYROLL_STEPS.state(self.state).label, _("Compute payslips"))

    def compute(self) -> None:
        """Its payslips are there."""
        PAYROLL_STEPS.move(self, "compute")
        self.told = None

    def computed_by_job(self) -> None:
        """The job that was waited for is done."""
        if self.state == "computing":
            self.state, self.told = "computed", None

    def reopen(self) -> None:
        """What was computed no longer says what was entered."""
        if self.state == "computed":
            PAYROLL_STEPS.move(self, "bonus")

    def post(self, on: dt.date) -> None:
        """It is in the books."""
        PAYROLL_STEPS.move(self, "post")
        self.posted_on, self.pay_on = on, self.pay_on or on

    def add_up(self, payslips: list[Payslip]) -> None:
        """What its payslips come to."""
        self.people = len(payslips)
        self.gross = sum((p.gross for p in payslips), ZERO)
        self.deductions = sum((p.deductions for p in payslips), ZERO)
        self.net = sum((p.net for p in payslips), ZERO)
        self.employer = sum((p.employer for p in payslips), ZERO)


class Payslip(Owned, Row, Base):
    """What one employee gets for a month; a fact of its payroll, computed anew, never edited."""

    __tablename__ = "hr_payslip"
    __document__: ClassVar[str] = "hr.payslips"
    __table_args__ = (
        # Nobody is paid twice for a month; corrections carry differences only.
        Index(
            "uq_hr_payslip_month",
            "employee_id",
            "year",
            "month",
            unique=True,
            sqlite_where=text("kind = 'regular'"),
            postgresql_where=text("kind = 'regular'"),
            info={"sentence": _("The employee is paid for that month already. Make a correction.")},
        ),
    )

    payroll_id: Mapped[int] = link_to("hr_payroll.id", ondelete="CASCADE")
    employee_id: Mapped[int] = link_to("hr_employee.id", index=False)
    contract_id: Mapped[int | None] = link_to("hr_contract.id", index=False)
    kind: Mapped[str] = mapped_column(String(10), default="regular")
    year: Mapped[int] = mapped_column(Integer)
    month: Mapped[int] = mapped_column(Integer)
    #: Year and month as they are read: 2025-03.
    period: Mapped[str] = mapped_column(String(7))
    gross: Mapped[Decimal] = mapped_column(default=ZERO)
    deductions: Mapped[Decimal] = mapped_column(default=ZERO)
    net: Mapped[Decimal] = mapped_column(default=ZERO)
    employer: Mapped[Decimal] = mapped_column(default=ZERO)

    payroll: Mapped[Payroll] = relationship(back_populates="payslips", lazy="raise")
    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
    contract: Mapped[Contract | None] = relationship(Contract, lazy="raise")
    lines: Mapped[list[PayslipLine]] = relationship(
        back_populates="payslip", lazy="raise", order_by="PayslipLine.position"
    )
    #: What of the deductions is kept back for which advance.
    kept: Mapped[list[KeptBack]] = relationship(KeptBack, lazy="raise", order_by=KeptBack.id)

    def __str__(self) -> str:
        return self.period

    def add_up(self) -> None:
        """Gross, what is kept back, net, and what the employer pays on top."""
        sums = {"earning": ZERO, "deduction": ZERO, "employer": ZERO}
        for line in self.lines:
            if line.kind in sums:
                sums[line.kind] += line.amount
        self.gross, self.deductions = sums["earning"], sums["deduction"]
        self.net, self.employer = self.gross - self.deductions, sums["employer"]


class PayslipLine(Row, Base):
    """One component of a payslip, as it was when it was computed."""

    __tablename__ = "hr_payslip_line"

    payslip_id: Mapped[int] = link_to("hr_payslip.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))
    purpose: Mapped[str | None] = mapped_column(String(20))
    shown: Mapped[bool] = mapped_column(default=True)
    amount: Mapped[Decimal]

    payslip: Mapped[Payslip] = relationship(back_populates="lines", lazy="raise")


class PayTotal(Base):
    """What an employee's component has come to so far in a year, by posted payslips."""

    __tablename__ = "hr_pay_total"

    employee_id: Mapped[int] = link_to("hr_employee.id", primary_key=True, index=False)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(30), primary_key=True)
    amount: Mapped[Decimal] = mapped_column(default=ZERO)
