"""Severance: what somebody who is let go gets for the years of service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from dougong import Refused, UnitOfWork, _, rounded
from dougong.companies.models import Company
from dougong_hr.calendars.workdays import same_day_later
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.employees.models import Employee
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.payinputs.models import PayInput
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.payroll.parameters import Parameters, parameters_on

#: The entry that pay structures take, and the table of what an average wage is counted up to.
CODE, HIGHEST = "severance", "severance_high"
#: Whoever earned more than that gets it for so many years at most.
MOST_YEARS = Decimal(12)
#: Wages for a year of service: nobody is promised more than a year's pay for a year.
MOST = Decimal(12)
HALF, ONE = Decimal("0.5"), Decimal(1)


@dataclass(frozen=True)
class Asked:
    """What is agreed beside the law: wages a year, the monthly wage, a month for want of notice."""

    months: Decimal = ONE
    average: Decimal | None = None
    notice: bool = False


def enter_severance(
    uow: UnitOfWork,
    ids: Sequence[int],
    months: Decimal | None = None,
    average: Decimal | None = None,
    notice: bool = False,
) -> list[PayInput]:
    """Enter severance for people who have left, into the month of their last day.

    They get ``months`` monthly wages (one, unless told) for each year of service: half a year or
    more counts as a year, less as half of one. The monthly wage is ``average``, or the average of
    what their posted payslips of the twelve months before came to. In places for which the table
    ``severance_high`` has a row the wage is counted up to it, and then for twelve years at most
    (Labour Contract Law of the People's Republic of China, article 47; its implementing
    regulations, article 27). ``notice`` adds a month's wage where nobody was told thirty days ahead
    (article 40). Raises `Refused` without a first or last day, without payslips to take an average
    of, and where severance was entered before.
    """
    uow.require("hr.payinput.create")
    asked = Asked(ONE if months is None else months, average, notice)
    if not 0 < asked.months <= MOST:
        raise Refused(_("Say a number of monthly wages between 0 and %(most)s.", most=MOST))
    if average is not None and average <= 0:
        raise Refused(_("A monthly wage is more than nothing."))
    employees = uow.load(Employee, ids, lock=True)
    _refuse_twice(uow, ids)
    entries = [_entry(uow, employee, asked) for employee in employees]
    uow.add(*entries)
    for employee, entry in zip(employees, entries, strict=True):
        _compute_anew(uow, employee, entry)
    return entries


def years_counted(first: dt.date, last: dt.date) -> Decimal:
    """Years of service as severance counts them: half a year and more is one, less is half of one."""
    end = last + dt.timedelta(days=1)
    years = end.year - first.year
    if same_day_later(first, 12 * years) > end:
        years -= 1
    rest = same_day_later(first, 12 * years)
    if rest == end:
        return Decimal(years)
    return years + (ONE if same_day_later(first, 12 * years + 6) <= end else HALF)


def _entry(uow: UnitOfWork, employee: Employee, asked: Asked) -> PayInput:
    first, last = employee.joined_on, employee.left_on
    if first is None or last is None:
        raise Refused(_("%(employee)s has no first or no last day.", employee=employee))
    average = _average(uow, employee, last) if asked.average is None else asked.average
    years, wage = years_counted(first, last), average
    highest = _highest(uow, employee, parameters_on(uow.session, last))
    if highest is not None and average > highest:
        years, wage = min(years, MOST_YEARS), highest
    currency = uow.session.scalars(
        select(Company.currency).where(Company.id == employee.company_id)
    ).one()
    # A month for want of notice is the wage of the month before, without the limit.
    amount = years * asked.months * wage + (average if asked.notice else 0)
    return PayInput(
        company_id=employee.company_id,
        employee_id=employee.id,
        year=last.year,
        month=last.month,
        code=CODE,
        amount=rounded(amount, currency),
        note=str(
            _("%(years)s years of service at %(wage)s", years=years, wage=rounded(wage, currency))
        ),
    )


def _average(uow: UnitOfWork, employee: Employee, last: dt.date) -> Decimal:
    """What the posted payslips of the twelve months before came to, by month."""
    upto = f"{last.year}-{last.month:02d}"
    since = f"{last.year - 1}-{last.month:02d}"
    total, months = uow.session.execute(
        select(func.sum(Payslip.gross), func.count(Payslip.period.distinct()))
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .where(
            Payslip.employee_id == employee.id,
            Payroll.state == "posted",
            Payslip.period >= since,
            Payslip.period < upto,
        )
    ).one()
    if not months:
        raise Refused(
            _(
                "%(employee)s has no posted payslip in the year before; say the average wage.",
                employee=employee,
            )
        )
    return Decimal(total) / months


def _highest(uow: UnitOfWork, employee: Employee, known: Parameters) -> Decimal | None:
    """Up to which wage the place of the last contract counts, if it says."""
    place = uow.session.scalar(
        select(InsurancePlan.code)
        .join(ContractTerm, ContractTerm.insurance_id == InsurancePlan.id)
        .join(Contract, Contract.id == ContractTerm.contract_id)
        .where(Contract.employee_id == employee.id)
        .order_by(ContractTerm.from_on.desc())
        .limit(1)
    )
    return known.known(HIGHEST, place or "")


def _refuse_twice(uow: UnitOfWork, ids: Sequence[int]) -> None:
    known = (
        select(Employee.name)
        .join(PayInput, PayInput.employee_id == Employee.id)
        .where(PayInput.employee_id.in_(ids), PayInput.code == CODE)
    )
    if names := uow.session.scalars(known.distinct().limit(5)).all():
        raise Refused(
            _(
                "%(names)s: severance is entered already. Change it under Monthly entries.",
                names=", ".join(names),
            )
        )


def _compute_anew(uow: UnitOfWork, employee: Employee, entry: PayInput) -> None:
    """What was computed for that month and is not posted no longer says what was entered."""
    computed = uow.session.scalars(
        select(Payroll.id).where(
            Payroll.company_id == employee.company_id,
            Payroll.year == entry.year,
            Payroll.month == entry.month,
            Payroll.state == "computed",
        )
    ).all()
    for payroll in uow.load(Payroll, computed, lock=True):
        payroll.reopen()
