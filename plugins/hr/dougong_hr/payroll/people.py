"""Who is to be paid for a month, and what their payslips are computed from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from dougong import ZERO, Refused, _
from dougong_hr.benefits.queries import Shares, benefit_shares
from dougong_hr.calendars.queries import workdays_by_calendar
from dougong_hr.calendars.workdays import Workdays
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.deductions.models import TaxDeduction
from dougong_hr.employees.models import Employee
from dougong_hr.hours.queries import away_days, hours_of, rostered_hours, worked_hours
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.payinputs.models import PayInput

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Part:
    """A stretch of the month in which the same terms hold."""

    first: dt.date
    last: dt.date
    term: ContractTerm


@dataclass
class Person:
    """An employee with everything the formulas may ask about."""

    id: int
    name: str
    calendar_id: int | None
    contract_id: int = 0
    parts: list[Part] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Decimal] = field(default_factory=dict)
    #: Whether the last contract ends in the month.
    leaves: bool = False

    @property
    def term(self) -> ContractTerm:
        """The terms that hold last in the month."""
        return self.parts[-1].term


def people_of(
    session: Session, span: Span, department_id: int | None, only: Collection[int] = ()
) -> dict[int, Person]:
    """Everybody with a contract in the month, with the terms that hold in it; or ``only`` these."""
    first, last = span
    statement = (
        select(Employee.id, Employee.name, Employee.calendar_id, Contract, ContractTerm)
        .join(Contract, Contract.employee_id == Employee.id)
        .join(ContractTerm, ContractTerm.contract_id == Contract.id)
        .where(
            Contract.state.in_(("active", "ended")),
            Contract.starts_on <= last,
            or_(Contract.ends_on.is_(None), Contract.ends_on >= first),
            ContractTerm.from_on <= last,
        )
        .order_by(Employee.id, Contract.starts_on, ContractTerm.from_on)
    )
    if department_id is not None:
        statement = statement.where(Employee.department_id == department_id)
    if only:
        statement = statement.where(Employee.id.in_(only))
    people: dict[int, Person] = {}
    terms: dict[int, list[tuple[Contract, ContractTerm]]] = defaultdict(list)
    for key, name, calendar_id, contract, term in session.execute(statement):
        people.setdefault(key, Person(key, name, calendar_id))
        terms[key].append((contract, term))
    for key, person in people.items():
        person.parts = parts_of(terms[key], span)
        person.contract_id = person.term.contract_id
        ends_on = terms[key][-1][0].ends_on
        person.leaves = ends_on is not None and ends_on <= last
    return people


def parts_of(terms: Sequence[tuple[Contract, ContractTerm]], span: Span) -> list[Part]:
    """Cut the month where contracts and terms begin and end."""
    found = []
    for at, (contract, term) in enumerate(terms):
        begin = max(span[0], contract.starts_on, term.from_on)
        end = min(span[1], contract.ends_on or span[1])
        if at + 1 < len(terms) and terms[at + 1][0].id == contract.id:
            end = min(end, terms[at + 1][1].from_on - dt.timedelta(days=1))
        if begin <= end:
            found.append(Part(begin, end, term))
    return found


def gather_facts(session: Session, people: Mapping[int, Person], span: Span) -> None:
    """Fill in what formulas may name: a fixed number of statements for any number of people."""
    ids = list(people)
    calendars = {p.term.calendar_id or p.calendar_id for p in people.values()}
    workdays = workdays_by_calendar(session, calendars)
    away, worked = away_days(session, ids, *span), worked_hours(session, ids, *span)
    roster, additional = rostered_hours(session, ids, *span), _additional(session, ids, span)
    places = dict(session.execute(select(InsurancePlan.id, InsurancePlan.code)).all())
    benefits = benefit_shares(session, {k: p.term.wage for k, p in people.items()}, *span)
    _inputs(session, people, span)
    for key, person in people.items():
        term = person.term
        mine = workdays[term.calendar_id or person.calendar_id]
        days, unpaid = away.get(key, (ZERO, ZERO))
        hours = hours_of(
            mine, term.hours_week, roster.get(key, {}), span, worked.get(key, ZERO), days
        )
        person.facts = {
            **wage_facts(person, mine, span),
            "hours_week": term.hours_week,
            "absent_days": days,
            "unpaid_days": unpaid,
            "worked_hours": hours.worked,
            "overtime_hours": hours.overtime,
            "additional": additional.get(key, ZERO),
            "place": places.get(term.insurance_id or 0, ""),
            "social_base": term.wage if term.social_base is None else term.social_base,
            "housing_base": term.wage if term.housing_base is None else term.housing_base,
            "month": Decimal(span[0].month),
            **benefit_facts(benefits.get(key, Shares())),
        }


def wage_facts(person: Person, workdays: Workdays, span: Span) -> dict[str, Decimal]:
    """The wage of the month: whole for a whole month, else by the working days of each part."""
    whole = len(workdays.between(*span))
    days = [len(workdays.between(part.first, part.last)) for part in person.parts]
    if len(person.parts) == 1 and days[0] == whole:
        wage = person.term.wage
    else:
        by_day = (p.term.wage * n for p, n in zip(person.parts, days, strict=True))
        wage = sum(by_day, ZERO) / (whole or 1)
    return {
        "wage": wage,
        "full_wage": person.term.wage,
        "working_days": Decimal(whole),
        "contract_days": Decimal(sum(days)),
    }


def benefit_facts(shares: Shares) -> dict[str, Decimal]:
    """What formulas may name of somebody's benefits."""
    return {
        "benefit_employee": shares.employee,
        "benefit_employer": shares.employer,
        "benefit_before_tax": shares.before_tax,
        "benefit_taxed": shares.taxed,
    }


def structures_wanted(people: Mapping[int, Person]) -> set[int]:
    """The structures by which these people are paid; refuses those who have none."""
    missing = [p.name for p in people.values() if p.term.structure_id is None]
    if missing:
        raise Refused(
            _(
                "%(names)s: no pay structure in the contract's terms. Choose one there.",
                names=", ".join(missing[:5]),
            )
        )
    return {p.term.structure_id for p in people.values() if p.term.structure_id is not None}


def _additional(session: Session, ids: Sequence[int], span: Span) -> Mapping[int, Decimal]:
    rows = session.execute(
        select(TaxDeduction.employee_id, func.sum(TaxDeduction.amount).label("amount"))
        .where(
            TaxDeduction.employee_id.in_(ids),
            TaxDeduction.from_on <= span[1],
            or_(TaxDeduction.until_on.is_(None), TaxDeduction.until_on >= span[0]),
        )
        .group_by(TaxDeduction.employee_id)
    )
    return {row.employee_id: row.amount for row in rows}


def _inputs(session: Session, people: Mapping[int, Person], span: Span) -> None:
    rows = session.execute(
        select(PayInput.employee_id, PayInput.code, func.sum(PayInput.amount).label("amount"))
        .where(PayInput.year == span[0].year, PayInput.month == span[0].month)
        .group_by(PayInput.employee_id, PayInput.code)
    )
    for row in rows:
        if row.employee_id in people:
            people[row.employee_id].inputs[row.code] = row.amount
