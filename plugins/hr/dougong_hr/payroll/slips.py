"""A payslip as it is handed over: every figure of the month, and of the year so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from dougong import ZERO
from dougong.companies.models import Company
from dougong_hr.advances.models import KeptBack
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine

#: A component's code and kind.
Key = tuple[str, str]
Sums = Mapping[Key, Decimal]


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
    return slips_of(session, [payslip_id])[payslip_id]


def slips_of(session: Session, ids: Collection[int]) -> dict[int, Slip]:
    """The same of many, in a fixed number of statements."""
    payslips = session.scalars(
        select(Payslip)
        .where(Payslip.id.in_(ids))
        .options(
            joinedload(Payslip.employee).options(
                joinedload(Employee.department), joinedload(Employee.position)
            ),
            joinedload(Payslip.payroll),
            selectinload(Payslip.lines),
            selectinload(Payslip.kept).joinedload(KeptBack.advance),
        )
        .execution_options(populate_existing=True)
    ).all()
    companies = {company.id: company for company in session.scalars(select(Company))}
    sums = years_so_far(session, ids)
    return {p.id: _slip(p, companies.get(p.company_id), sums.get(p.id, {})) for p in payslips}


def _slip(payslip: Payslip, company: Company | None, sums: Sums) -> Slip:
    slip = Slip(payslip, company, company.currency if company else "")
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


def years_so_far(session: Session, ids: Collection[int]) -> dict[int, dict[Key, Decimal]]:
    """What each component has come to in the year with these payslips, by code and kind."""
    mine = aliased(Payslip)
    rows = session.execute(
        select(
            mine.id,
            PayslipLine.code,
            PayslipLine.kind,
            func.sum(PayslipLine.amount).label("amount"),
        )
        .select_from(mine)
        .join(
            Payslip,
            (Payslip.employee_id == mine.employee_id)
            & (Payslip.year == mine.year)
            & (Payslip.id <= mine.id),
        )
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .join(PayslipLine, PayslipLine.payslip_id == Payslip.id)
        .where(mine.id.in_(ids), or_(Payroll.state == "posted", Payslip.id == mine.id))
        .group_by(mine.id, PayslipLine.code, PayslipLine.kind)
    )
    found: dict[int, dict[Key, Decimal]] = defaultdict(dict)
    for row in rows:
        found[row.id][row.code, row.kind] = row.amount
    return found


def print_payslip(
    noun: Any, session: Session, payslip: Payslip, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """The page beside the payslip, which is also what is printed."""
    return "hr/payslip.html", {"slip": slip_of(session, payslip.id)}
