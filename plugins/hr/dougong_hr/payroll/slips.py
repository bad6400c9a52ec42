"""A payslip as it is handed over: every figure of the month, and of the year so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dougong import ZERO
from dougong.companies.models import Company
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine


@dataclass(frozen=True)
class Figure:
    """One line: what it is, how much in the month, how much in the year so far."""

    name: str
    amount: Decimal
    year: Decimal


@dataclass
class Slip:
    """The whole payslip; money is in ``currency``."""

    payslip: Payslip
    company: Company | None
    currency: str
    earnings: list[Figure] = field(default_factory=list)
    deductions: list[Figure] = field(default_factory=list)
    #: What contributions and tax are counted on.
    bases: list[Figure] = field(default_factory=list)
    employer: list[Figure] = field(default_factory=list)
    #: Gross, kept back, net, on top and the employer's whole cost, in the year so far.
    year: dict[str, Decimal] = field(default_factory=dict)

    @property
    def cost(self) -> Decimal:
        """What the month costs the employer in all."""
        return self.payslip.gross + self.payslip.employer


SIDES = {
    "earning": "earnings", "deduction": "deductions", "info": "bases", "employer": "employer",
}  # fmt: skip


def slip_of(session: Session, payslip_id: int) -> Slip:
    """Everything that stands on a payslip, read within the reader's sight."""
    payslip = session.scalars(
        select(Payslip)
        .where(Payslip.id == payslip_id)
        .options(
            joinedload(Payslip.employee).options(
                joinedload(Employee.department), joinedload(Employee.position)
            ),
            joinedload(Payslip.payroll),
            joinedload(Payslip.contract),
            selectinload(Payslip.lines),
        )
        .execution_options(populate_existing=True)
    ).one()
    company = session.get(Company, payslip.company_id)
    slip = Slip(payslip, company, company.currency if company else "")
    sums = year_so_far(session, payslip)
    for line in payslip.lines:
        if line.shown and line.kind in SIDES:
            so_far = sums.get((line.code, line.kind), line.amount)
            getattr(slip, SIDES[line.kind]).append(Figure(line.name, line.amount, so_far))
    by_kind: dict[str, Decimal] = dict.fromkeys(("earning", "deduction", "employer"), ZERO)
    for (_code, kind), amount in sums.items():
        if kind in by_kind:
            by_kind[kind] += amount
    gross, kept, on_top = by_kind["earning"], by_kind["deduction"], by_kind["employer"]
    slip.year = {
        "gross": gross, "deductions": kept, "net": gross - kept, "employer": on_top,
        "cost": gross + on_top,
    }  # fmt: skip
    return slip


def year_so_far(session: Session, payslip: Payslip) -> Mapping[tuple[str, str], Decimal]:
    """What each component has come to in the year with this payslip, by code and kind."""
    rows = session.execute(
        select(
            PayslipLine.code, PayslipLine.kind, func.sum(PayslipLine.amount).label("amount")
        )
        .join(Payslip, Payslip.id == PayslipLine.payslip_id)
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .where(
            Payslip.employee_id == payslip.employee_id,
            Payslip.year == payslip.year,
            Payslip.id <= payslip.id,
            or_(Payroll.state == "posted", Payslip.id == payslip.id),
        )
        .group_by(PayslipLine.code, PayslipLine.kind)
    )  # fmt: skip
    return {(row.code, row.kind): row.amount for row in rows}


def print_payslip(
    noun: Any, session: Session, payslip: Payslip, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """The page beside the payslip, which is also what is printed."""
    return "hr/payslip.html", {"slip": slip_of(session, payslip.id)}
