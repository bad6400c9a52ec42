"""Who works for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import _
from dougong.actors import Actor
from dougong.reports import Column, Line, Parameter, Report
from dougong_hr.departments.models import Department
from dougong_hr.employees.models import Employee
from dougong_hr.positions.models import Position


def ask_organisation(session: Session, actor: Actor, *, by: str) -> Iterable[Line]:
    """Everybody who works here: below their managers, or below their departments."""
    rows = session.execute(
        select(
            Employee.id,
            Employee.number,
            Employee.name,
            Employee.manager_id,
            Employee.department_id,
            Employee.work_phone,
            Position.name.label("position"),
            Department.name.label("department"),
        )
        .outerjoin(Position, Position.id == Employee.position_id)
        .outerjoin(Department, Department.id == Employee.department_id)
        .where(Employee.state == "active")
        .order_by(Employee.name)
    ).all()
    if by == "department":
        return list(_by_department(session, rows))
    there = {row.id for row in rows}
    below = defaultdict(list)
    for row in rows:
        below[row.manager_id if row.manager_id in there else None].append(row)
    return list(_tree(below, None, 0))


def _tree(below: dict[int | None, list[Any]], above: int | None, level: int) -> Iterator[Line]:
    for row in below.get(above, ()):
        team = below.get(row.id, ())
        yield _line(row, level, len(team))
        yield from _tree(below, row.id, level + 1)


def _by_department(session: Session, rows: Iterable[Any]) -> Iterator[Line]:
    people = defaultdict(list)
    for row in rows:
        people[row.department_id].append(row)
    departments = session.execute(
        select(Department.id, Department.name, Department.parent_id).order_by(Department.code)
    ).all()
    below = defaultdict(list)
    for department in departments:
        below[department.parent_id].append(department)

    def walk(above: int | None, level: int) -> Iterator[Line]:
        for department in below[above]:
            mine = people.get(department.id, ())
            yield Line(
                {"name": department.name, "team": len(mine)},
                drill=f"/hr/departments/{department.id}",
                level=level,
                bold=True,
            )
            yield from (_line(row, level + 1, None) for row in mine)
            yield from walk(department.id, level + 1)

    yield from walk(None, 0)
    yield from (_line(row, 0, None) for row in people.get(None, ()))


def _line(row: Any, level: int, team: int | None) -> Line:
    names = ("number", "name", "position", "department", "work_phone")
    values = {name: getattr(row, name) for name in names}
    return Line(
        {**values, "team": team or None},
        drill=f"/hr/employees/{row.id}",
        level=level,
    )


ORGANISATION = Report(
    "hr.organisation",
    _("Organisation chart"),
    "hr.employee.read",
    [
        Column("name", _("Name")),
        Column("number", _("Employee number")),
        Column("position", _("Job title")),
        Column("department", _("Department")),
        Column("work_phone", _("Telephone")),
        Column("team", _("Team"), "number"),
    ],
    ask_organisation,
    [
        Parameter(
            "by", _("Arranged by"), "choice", "manager",
            choices={"manager": _("Manager"), "department": _("Department")},
        )
    ],
    icon="sitemap",
    order=10,
)  # fmt: skip
