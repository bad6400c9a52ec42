"""The payslip as it is handed over: what was earned, what is kept back, what is paid out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from dougong import _
from dougong.companies.models import Company
from dougong.printing import Beside, Column, Desk, Facts, Print, Sheet, Sum, Sums, Table
from dougong.printing.sheets import Part, Say
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.models import Payslip, PayslipLine


def lay_out_payslips(desk: Desk, payslips: Sequence[Payslip]) -> Iterator[Sheet]:
    """One page for each employee."""
    whole = _whole(desk, [payslip.id for payslip in payslips])
    found = desk.session.scalars(select(Company))
    currencies = {company.id: company.currency for company in found}
    for known in payslips:
        payslip = whole[known.id]
        month = dt.date(payslip.year, payslip.month, 1)
        yield Sheet(
            title=f"{_('Payslip')} {desk.fmt.month(payslip.year * 100 + payslip.month)}",
            to=[payslip.employee.name],
            facts=_facts(desk, payslip),
            dated=payslip.payroll.pay_on or payslip.payroll.posted_on or month,
            parts=list(_parts(desk, payslip, currencies.get(payslip.company_id, ""))),
        )


def _whole(desk: Desk, ids: Sequence[int]) -> dict[int, Payslip]:
    statement = (
        select(Payslip)
        .where(Payslip.id.in_(ids))
        .options(
            joinedload(Payslip.employee).options(
                joinedload(Employee.department), joinedload(Employee.position)
            ),
            joinedload(Payslip.payroll),
            selectinload(Payslip.lines),
        )
        .execution_options(populate_existing=True)
    )
    return {payslip.id: payslip for payslip in desk.session.scalars(statement)}


def _facts(desk: Desk, payslip: Payslip) -> list[tuple[Say, object]]:
    person, payroll = payslip.employee, payslip.payroll
    return [
        (_("Employee number"), person.number),
        (_("Department"), person.department.name if person.department else None),
        (_("Job title"), person.position.name if person.position else None),
        (_("Payroll"), payroll.number or payroll.period),
        (_("Paid on"), desk.fmt.date(payroll.pay_on) if payroll.pay_on else None),
    ]


def _parts(desk: Desk, payslip: Payslip, currency: str) -> Iterator[Part]:
    """Earnings beside what is kept back, the sums, and what the employer pays on top."""
    by_kind: dict[str, list[PayslipLine]] = {}
    for line in payslip.lines:
        if line.shown:
            by_kind.setdefault(line.kind, []).append(line)

    def table(kind: str, title: object, total: object) -> Table:
        rows = [[line.name, desk.money(line.amount, "")] for line in by_kind.get(kind, ())]
        columns = [Column(_("Component")), Column(_("Amount"), figure=True)]
        return Table(columns, rows, [_("Sum"), total], str(title))

    money = [desk.money(value, "") for value in (payslip.gross, payslip.deductions)]
    yield Beside(
        [
            [table("earning", _("Earnings"), money[0])],
            [table("deduction", _("Kept back"), money[1])],
        ]
    )
    yield Sums(
        [
            Sum(_("Gross"), money[0]),
            Sum(_("Kept back"), f"−{money[1]}" if payslip.deductions else money[1]),
            Sum(_("Net pay"), desk.money(payslip.net, currency), strong=True),
        ]
    )
    if by_kind.get("employer"):
        rows = [(line.name, desk.money(line.amount, currency)) for line in by_kind["employer"]]
        yield Facts(rows, _("Paid by the employer on top"))


PAYSLIP_PRINTS = [
    Print(
        name="hr.payslip", label=_("Payslip"), resource="hr.payslips", layout=lay_out_payslips,
        order=10,
    )
]  # fmt: skip
