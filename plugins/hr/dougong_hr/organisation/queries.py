"""The people of a company as a tree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.actors import Actor
from dougong.unit_of_work.session import SCOPED
from dougong_hr.departments.models import Department
from dougong_hr.employees.models import Employee
from dougong_hr.positions.models import Position


@dataclass
class Box:
    """One person or department, and what stands below."""

    id: int
    name: str
    title: str = ""
    where: str = ""
    person: bool = True
    below: list[Box] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many people stand below, over all levels."""
        return sum(box.person + box.size for box in self.below)


def people_tree(session: Session, actor: Actor) -> list[Box]:
    """Everybody who works in the actor's company, below their managers.

    Who works for whom is no secret within the company, so record rules do not narrow it; nothing
    but name, job and department is told.
    """
    rows = session.execute(
        select(
            Employee.id, Employee.name, Employee.manager_id,
            Position.name.label("position"), Department.name.label("department"),
        )
        .outerjoin(Position, Position.id == Employee.position_id)
        .outerjoin(Department, Department.id == Employee.department_id)
        .where(Employee.state == "active", Employee.company_id == actor.company_id)
        .order_by(Employee.name),
        execution_options={SCOPED: True},
    ).all()  # fmt: skip
    boxes = {r.id: Box(r.id, r.name, r.position or "", r.department or "") for r in rows}
    return _joined({r.id: r.manager_id for r in rows}, boxes)


def department_tree(session: Session, actor: Actor) -> list[Box]:
    """The departments, each with its people."""
    departments = session.execute(
        select(Department.id, Department.name, Department.parent_id)
        .where(Department.company_id == actor.company_id, Department.active)
        .order_by(Department.code)
    ).all()
    boxes = {d.id: Box(d.id, d.name, person=False) for d in departments}
    top = _joined({d.id: d.parent_id for d in departments}, boxes)
    people = session.execute(
        select(Employee.id, Employee.name, Employee.department_id, Position.name.label("position"))
        .outerjoin(Position, Position.id == Employee.position_id)
        .where(Employee.state == "active", Employee.company_id == actor.company_id)
        .order_by(Employee.name),
        execution_options={SCOPED: True},
    )
    for person in people:
        box = Box(person.id, person.name, person.position or "")
        place = boxes.get(person.department_id)
        (place.below if place else top).append(box)
    return top


def _joined(above: dict[int, int | None], boxes: dict[int, Box]) -> list[Box]:
    """Hang each box below its own; who would stand below themselves stands at the top."""
    tops: list[Box] = []
    children: dict[int | None, list[int]] = defaultdict(list)
    for key, parent in above.items():
        children[parent if parent in boxes else None].append(key)
    seen: set[int] = set()

    def hang(key: int) -> Box:
        seen.add(key)
        boxes[key].below += [hang(child) for child in children[key] if child not in seen]
        return boxes[key]

    tops += [hang(key) for key in children[None]]
    tops += [hang(key) for key in above if key not in seen]
    return tops
