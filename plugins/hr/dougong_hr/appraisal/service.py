"""Appraisals begin for everybody, are agreed and finished."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_hr.appraisal.models import CYCLE_STEPS, Appraisal, Cycle
from dougong_hr.employees.models import Employee


def start_cycles(uow: UnitOfWork, ids: Sequence[int]) -> list[Appraisal]:
    """An appraisal for everybody who works here, with their manager."""
    uow.require("hr.cycle.write")
    cycles = uow.load(Cycle, ids)
    people = uow.session.execute(
        select(Employee.id, Employee.name, Employee.manager_id, Employee.company_id).where(
            Employee.state == "active"
        )
    ).all()
    rows = []
    for cycle in cycles:
        CYCLE_STEPS.move(cycle, "start")
        rows += [
            Appraisal(
                company_id=cycle.company_id,
                cycle_id=cycle.id,
                employee_id=key,
                manager_id=manager_id,
                name=called(name, cycle),
            )
            for key, name, manager_id, company_id in people
            if company_id == cycle.company_id
        ]
    uow.add(*rows)
    return rows


def called(employee: str, cycle: Cycle) -> str:
    """What an appraisal is called: “Ann Lee, 2025”."""
    return f"{employee}, {cycle.name}"


def agree_goals(uow: UnitOfWork, ids: Sequence[int]) -> list[Appraisal]:
    """What is to be reached is clear to both."""
    uow.require("hr.appraisal.write")
    appraisals = uow.load(Appraisal, ids, Appraisal.goals)
    for appraisal in appraisals:
        appraisal.agree()
    return appraisals


def finish_appraisals(uow: UnitOfWork, ids: Sequence[int]) -> list[Appraisal]:
    """The ratings stand; nobody finishes their own."""
    uow.require("hr.appraisal.finish")
    appraisals = uow.load(Appraisal, ids, Appraisal.goals, Appraisal.employee)
    for appraisal in appraisals:
        if uow.actor.user_id and appraisal.employee.user_id == uow.actor.user_id:
            raise Refused(_("Nobody finishes their own appraisal. Ask your manager."))
        appraisal.finish()
    return appraisals
