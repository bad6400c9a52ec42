"""The 13th month: an entry for everybody, by the months they have worked in the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _, rounded
from dougong.companies.models import Company
from dougong_hr.employees.models import Employee
from dougong_hr.payinputs.models import ONCE_A_YEAR, PayInput
from dougong_hr.payroll.models import Payroll
from dougong_hr.payroll.people import people_of

ONE = Decimal(1)
MOST = Decimal(24)


def enter_bonuses(
    uow: UnitOfWork, ids: Sequence[int], months: Decimal | None = None, merged: bool = False
) -> list[PayInput]:
    """Enter so many monthly wages for everybody in these payrolls; computing again takes them in.

    Who came within the year gets a twelfth for each month that was begun. ``merged`` taxes it with
    the month's pay; otherwise it is the bonus that is taxed by itself, once a year.
    """
    uow.require("hr.payinput.create")
    many = ONE if months is None else months
    if not 0 < many <= MOST:
        raise Refused(_("Say a number of monthly wages between 0 and %(most)s.", most=MOST))
    code = "bonus" if merged else ONCE_A_YEAR
    rows: list[PayInput] = []
    for payroll in uow.load(Payroll, ids, lock=True):
        payroll.require_open()
        rows += _entries(uow, payroll, code, many)
        payroll.reopen()
    uow.add(*rows)
    return rows


def _entries(uow: UnitOfWork, payroll: Payroll, code: str, many: Decimal) -> list[PayInput]:
    people = people_of(uow.session, payroll.span, payroll.department_id)
    _refuse_twice(uow, payroll, code, list(people))
    joined = dict(
        uow.session.execute(
            select(Employee.id, Employee.joined_on).where(Employee.id.in_(people))
        ).all()
    )
    currency = uow.session.scalars(
        select(Company.currency).where(Company.id == payroll.company_id)
    ).one()
    return [
        PayInput(
            company_id=payroll.company_id,
            employee_id=key,
            year=payroll.year,
            month=payroll.month,
            code=code,
            amount=rounded(
                person.term.wage * many * months_begun(joined.get(key), payroll.year) / 12, currency
            ),
            note=str(_("13th month")),
        )
        for key, person in people.items()
    ]


def _refuse_twice(uow: UnitOfWork, payroll: Payroll, code: str, people: Sequence[int]) -> None:
    known = select(Employee.name).join(PayInput, PayInput.employee_id == Employee.id)
    known = known.where(
        PayInput.employee_id.in_(people),
        PayInput.year == payroll.year,
        PayInput.code == code,
        (PayInput.note == str(_("13th month"))) | (PayInput.code == ONCE_A_YEAR),
    )
    if names := uow.session.scalars(known.distinct().limit(5)).all():
        raise Refused(
            _(
                "%(names)s: the bonus of %(year)s is entered already. Change it under Monthly entries.",
                names=", ".join(names), year=payroll.year,
            )
        )  # fmt: skip


def months_begun(joined_on: dt.date | None, year: int) -> int:
    """The months of a year in which somebody worked, each that was begun counted."""
    if joined_on is None or joined_on.year < year:
        return 12
    return 13 - joined_on.month if joined_on.year == year else 0
