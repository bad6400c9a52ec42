"""Plans become tasks when somebody comes or goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_hr.employees.models import Employee
from dougong_hr.plans.models import Plan, PlanLine, Task


def begin_plans(
    uow: UnitOfWork, employees: Sequence[Employee], kind: str, on: dt.date | None = None
) -> list[Task]:
    """The tasks of every plan that concerns these people; ``on`` is their first day otherwise."""
    rows = uow.look(
        select(Plan, PlanLine)
        .join(PlanLine, PlanLine.plan_id == Plan.id)
        .where(Plan.kind == kind, Plan.active)
        .order_by(Plan.id, PlanLine.position)
    ).all()
    tasks = []
    for employee in employees:
        day = on or employee.joined_on or uow.today
        for plan, line in rows:
            if plan.company_id != employee.company_id:
                continue
            if plan.department_id not in (None, employee.department_id):
                continue
            tasks.append(
                Task(
                    company_id=employee.company_id,
                    employee_id=employee.id,
                    plan_id=plan.id,
                    what=line.what,
                    who=line.who,
                    due_on=day + dt.timedelta(days=line.days),
                )
            )
    uow.add(*tasks)
    return tasks


def finish_tasks(uow: UnitOfWork, ids: Sequence[int]) -> list[Task]:
    """These are done."""
    uow.require("hr.task.finish")
    tasks = uow.load(Task, ids)
    for task in tasks:
        task.finish(uow.today)
    return tasks
