"""Which calendar an employee works by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong_base import Calendar, Holiday
from dougong_hr.calendars.workdays import Workdays
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.employees.models import Employee


def workdays_of(
    session: Session, employee_ids: Collection[int], on: dt.date
) -> Mapping[int, Workdays]:
    """By the terms of the contract on that day, else by the employee's file, else the usual week."""
    chosen: dict[int, int | None] = dict(
        session.execute(
            select(Employee.id, Employee.calendar_id).where(Employee.id.in_(employee_ids))
        ).all()
    )
    terms = session.execute(
        select(Contract.employee_id, ContractTerm.calendar_id)
        .join(ContractTerm, ContractTerm.contract_id == Contract.id)
        .where(
            Contract.employee_id.in_(employee_ids),
            Contract.state.in_(("active", "ended")),
            Contract.starts_on <= on,
            ContractTerm.from_on <= on,
        )
        .order_by(Contract.starts_on, ContractTerm.from_on)
    )
    for employee_id, calendar_id in terms:
        if calendar_id is not None:
            chosen[employee_id] = calendar_id
    by_calendar = workdays_by_calendar(session, set(chosen.values()))
    return {employee: by_calendar[calendar] for employee, calendar in chosen.items()}


def workdays_by_calendar(
    session: Session, ids: Iterable[int | None]
) -> Mapping[int | None, Workdays]:
    """The working days of each calendar; of nobody's choice, the usual week."""
    wanted = [i for i in ids if i is not None]
    found: dict[int | None, Workdays] = {None: Workdays()}
    if not wanted:
        return found
    specials: dict[int, dict[dt.date, bool]] = {}
    rows = session.execute(
        select(Holiday.calendar_id, Holiday.on, Holiday.worked).where(
            Holiday.calendar_id.in_(wanted)
        )
    )
    for calendar_id, day, worked in rows:
        specials.setdefault(calendar_id, {})[day] = bool(worked)
    for calendar in session.scalars(select(Calendar).where(Calendar.id.in_(wanted))):
        workdays = found[calendar.id] = Workdays()
        workdays.week, workdays.special = calendar.week, specials.get(calendar.id, {})
    return found
