"""What was paid to whom, and the list the bank gets."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import ZERO, _
from dougong.actors import Actor
from dougong.reports import Column, Line, Parameter, Report
from dougong.reports.parameters import today
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine


def ask_bank_file(session: Session, actor: Actor, *, payroll: int | None) -> Iterable[Line]:
    """One line for each employee of a posted payroll: whom, where, how much."""
    rows = session.execute(
        select(
            Employee.number,
            Employee.name,
            Employee.bank,
            Employee.bank_account,
            Payslip.id,
            Payslip.net,
            Payroll.number.label("reference"),
        )
        .join(Payslip, Payslip.employee_id == Employee.id)
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .where(Payroll.id == payroll, Payroll.state == "posted", Payslip.net > 0)
        .order_by(Employee.number)
    )
    for row in rows:
        yield Line(
            {
                "number": row.number,
                "name": row.name,
                "bank": row.bank or "",
                "account": row.bank_account or "",
                "amount": row.net,
                "reference": row.reference,
            },
            drill=f"/hr/payslips/{row.id}",
        )


def ask_register(
    session: Session, actor: Actor, *, year: Decimal, employee: int | None
) -> Iterable[Line]:
    """Every component of a year, by employee."""
    statement = (
        select(
            Employee.id,
            Employee.number,
            Employee.name,
            PayslipLine.name.label("component"),
            PayslipLine.kind,
            func.min(PayslipLine.position).label("place"),
            func.sum(PayslipLine.amount).label("amount"),
        )
        .join(Payslip, Payslip.id == PayslipLine.payslip_id)
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .join(Employee, Employee.id == Payslip.employee_id)
        .where(Payroll.state == "posted", Payslip.year == int(year), PayslipLine.kind != "info")
        .group_by(Employee.id, Employee.number, Employee.name, PayslipLine.name, PayslipLine.kind)
        .order_by(Employee.number, "place")
    )
    if employee is not None:
        statement = statement.where(Employee.id == employee)
    for row in session.execute(statement):
        sides = {"earning": "earned", "deduction": "kept", "employer": "employer"}
        if row.kind in sides:
            yield Line(
                {
                    "number": row.number,
                    "name": row.name,
                    "component": row.component,
                    **dict.fromkeys(sides.values(), None),
                    sides[row.kind]: row.amount or ZERO,
                },
                drill=f"/hr/payslips?employee={row.id}&year={int(year)}",
            )


BANK_FILE = Report(
    "hr.bank-file",
    _("Bank file of net wages"),
    "hr.payroll.pay",
    [
        Column("number", _("Employee number")),
        Column("name", _("Name")),
        Column("bank", _("Bank")),
        Column("account", _("Bank account")),
        Column("amount", _("Amount"), "amount", total=True),
        Column("reference", _("Reference")),
    ],
    ask_bank_file,
    [Parameter("payroll", _("Payroll"), "link", to="hr.payrolls", required=True)],
    icon="building-bank",
    order=50,
)
REGISTER = Report(
    "hr.pay-register",
    _("Pay of a year"),
    "hr.payroll.read",
    [
        Column("number", _("Employee number")),
        Column("name", _("Name")),
        Column("component", _("Component")),
        Column("earned", _("Earned"), "amount", total=True),
        Column("kept", _("Kept back"), "amount", total=True),
        Column("employer", _("Employer's part"), "amount", total=True),
    ],
    ask_register,
    [
        Parameter("year", _("Year"), "number", lambda actor: Decimal(today(actor).year)),
        Parameter("employee", _("Employee"), "link", to="hr.employees"),
    ],
    icon="table-column",
    order=40,
)
