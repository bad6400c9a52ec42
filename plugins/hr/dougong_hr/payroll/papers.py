"""The payslip as it is handed over: what was earned, what is kept back, what is paid out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from dougong import _
from dougong.printing import Beside, Column, Desk, Facts, Print, Sheet, Sum, Sums, Table
from dougong.printing.sheets import Part, Say
from dougong_hr.payroll.models import Payslip
from dougong_hr.payroll.slips import Figure, Slip, slips_of


def lay_out_payslips(desk: Desk, payslips: Sequence[Payslip]) -> Iterator[Sheet]:
    """One page for each employee."""
    slips = slips_of(desk.session, [payslip.id for payslip in payslips])
    for known in payslips:
        slip = slips[known.id]
        payslip = slip.payslip
        month = dt.date(payslip.year, payslip.month, 1)
        yield Sheet(
            title=f"{_('Payslip')} {desk.fmt.month(payslip.year * 100 + payslip.month)}",
            to=[payslip.employee.name],
            facts=_facts(desk, payslip),
            dated=payslip.payroll.pay_on or payslip.payroll.posted_on or month,
            parts=list(_parts(desk, slip)),
        )


def _facts(desk: Desk, payslip: Payslip) -> list[tuple[Say, object]]:
    person, payroll = payslip.employee, payslip.payroll
    return [
        (_("Employee number"), person.number),
        (_("Department"), person.department.name if person.department else None),
        (_("Job title"), person.position.name if person.position else None),
        (_("Payroll"), payroll.number or payroll.period),
        (_("Paid on"), desk.fmt.date(payroll.pay_on) if payroll.pay_on else None),
    ]


def _parts(desk: Desk, slip: Slip) -> Iterator[Part]:
    """Earnings beside what is kept back, the sums, what they are counted on, the year, the employer."""
    payslip, currency = slip.payslip, slip.currency

    def table(figures: Sequence[Figure], title: object, total: object) -> Table:
        rows = [[figure.name, desk.money(figure.amount, "")] for figure in figures]
        columns = [Column(_("Component")), Column(_("Amount"), figure=True)]
        return Table(columns, rows, [_("Sum"), total], str(title))

    def facts(figures: Iterable[tuple[Say, Decimal]], title: object) -> Facts:
        rows = [(name, desk.money(amount, currency)) for name, amount in figures]
        return Facts(rows, str(title))

    money = [desk.money(value, "") for value in (payslip.gross, payslip.deductions)]
    yield Beside(
        [
            [table(slip.earnings, _("Earnings"), money[0])],
            [table(slip.deductions, _("Kept back"), money[1])],
        ]
    )
    yield Sums(
        [
            Sum(_("Gross"), money[0]),
            Sum(_("Kept back"), f"−{money[1]}" if payslip.deductions else money[1]),
            Sum(_("Net pay"), desk.money(payslip.net, currency), strong=True),
        ]
    )
    if payslip.kept:
        yield _advances(desk, payslip)
    year = slip.year
    yield facts(
        [
            (_("Gross"), year["gross"]),
            (_("Kept back"), year["deductions"]),
            (_("Net pay"), year["net"]),
            (_("Employer's cost in all"), year["cost"]),
        ],
        _("Year so far"),
    )
    if slip.bases:
        yield facts(
            ((figure.name, figure.amount) for figure in slip.bases), _("What it is counted on")
        )
    if slip.employer:
        on_top = [(figure.name, figure.amount) for figure in slip.employer]
        in_all = (_("Employer's cost in all"), slip.cost)
        yield facts([*on_top, in_all], _("Paid by the employer on top"))


def _advances(desk: Desk, payslip: Payslip) -> Table:
    """What the month has kept back for each advance, and what is owed of it now."""
    columns = [Column(_("Advance")), Column(_("Kept back"), figure=True)]
    rows = [
        [
            f"{row.advance}: {row.advance.purpose}",
            desk.money(row.amount, ""),
            desk.money(row.still_owed, ""),
        ]
        for row in payslip.kept
    ]
    return Table(
        [*columns, Column(_("Still owed"), figure=True)], rows, title=str(_("Advances kept back"))
    )


PAYSLIP_PRINTS = [
    Print(
        name="hr.payslip", label=_("Payslip"), resource="hr.payslips", layout=lay_out_payslips,
        order=10,
    )
]  # fmt: skip
