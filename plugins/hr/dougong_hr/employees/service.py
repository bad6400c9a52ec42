"""People come, and people go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _, ref
from dougong_base import Party
from dougong_base.events import EmployeeJoined, EmployeeLeft
from dougong_hr.contracts.ending import end_with_employees
from dougong_hr.employees.models import Employee
from dougong_hr.plans.service import begin_plans


def enter_as_party(uow: UnitOfWork, employee: Employee) -> None:
    """The same person for the other departments: made once, kept in step afterwards."""
    if employee.party_id is None:
        key = uow.id()
        party = Party(id=key, code=f"E{key}", name=employee.name, kind="person", is_employee=True)
        party.email, party.phone = employee.work_email, employee.work_phone
        uow.add(party)
        employee.party_id = key


def create_employees(uow: UnitOfWork, employees: Sequence[Employee]) -> list[Employee]:
    """Open files for people, each with the party that the other departments know."""
    uow.require("hr.employee.create")
    for employee in employees:
        enter_as_party(uow, employee)
    uow.add(*employees)
    return list(employees)


def join_employees(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[Employee]:
    """They work here from that day on; what is to be done for newcomers is on the list."""
    uow.require("hr.employee.write")
    employees = uow.load(Employee, ids)
    for employee in employees:
        employee.join(on or uow.today)
    _tell_joined(uow, employees)
    return employees


def leave_employees(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None, reason: str | None = None
) -> list[Employee]:
    """Their last day is known: contracts end, the others hear of it, the leaving plan begins."""
    uow.require("hr.employee.leave")
    employees = uow.load(Employee, ids)
    last = on or uow.today
    for employee in employees:
        employee.leave(last, reason)
    end_with_employees(uow, ids, last)
    begin_plans(uow, employees, "leaving", last)
    uow.publish(
        EmployeeLeft(employee=ref(e), party_id=e.party_id or 0, company_id=e.company_id, on=last)
        for e in employees
    )
    return employees


def return_employees(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[Employee]:
    """Whoever had left works here again."""
    uow.require("hr.employee.leave")
    employees = uow.load(Employee, ids)
    for employee in employees:
        employee.come_back(on or uow.today)
    _tell_joined(uow, employees)
    return employees


def employee_of(uow: UnitOfWork) -> Employee:
    """The file of whoever acts; refuses people who have none."""
    found = uow.session.scalars(
        select(Employee).where(
            Employee.user_id == uow.actor.user_id, Employee.company_id == uow.company_id
        )
    ).one_or_none()
    if found is None:
        raise Refused(_("Your log-in belongs to no employee. Ask human resources to link it."))
    return found


def _tell_joined(uow: UnitOfWork, employees: Sequence[Employee]) -> None:
    for employee in employees:
        enter_as_party(uow, employee)
        assert employee.joined_on is not None
    begin_plans(uow, employees, "joining")
    uow.publish(
        EmployeeJoined(
            employee=ref(e),
            party_id=e.party_id or 0,
            company_id=e.company_id,
            on=e.joined_on or uow.today,
        )
        for e in employees
    )
