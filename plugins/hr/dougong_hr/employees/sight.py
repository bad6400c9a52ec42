"""What people see of their own: their file, and those of their team."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, column, or_, select, table

from dougong.actors import Actor
from dougong_hr.employees.models import Employee

#: Who somebody is and to whom they report. These conditions go into nearly every question of a
#: request, and an alias of the table would copy its forty columns each time.
_all = table(
    Employee.__tablename__,
    column("id", Integer),
    column("user_id", Integer),
    column("manager_id", Integer),
)


def own_and_team(model: Any, actor: Actor) -> ColumnElement[bool]:
    """One's own file, and the files of everybody who reports to one, over all levels."""
    return or_(model.user_id == actor.user_id, model.id.in_(_below(actor)))


def of_own_and_team(model: Any, actor: Actor) -> ColumnElement[bool]:
    """What belongs to oneself or to one's team: requests, claims, hours."""
    mine = select(_all.c.id).where(_all.c.user_id == actor.user_id)
    return or_(model.employee_id.in_(mine), model.employee_id.in_(_below(actor)))


def of_own(model: Any, actor: Actor) -> ColumnElement[bool]:
    """What belongs to oneself alone: payslips."""
    mine = _all.alias()
    condition: ColumnElement[bool] = model.employee_id.in_(
        select(mine.c.id).where(mine.c.user_id == actor.user_id)
    )
    return condition


def _below(actor: Actor) -> Any:
    lead, member = _all.alias(), _all.alias()
    team = select(lead.c.id).where(lead.c.user_id == actor.user_id).cte(recursive=True)
    return select(team.union(select(member.c.id).where(member.c.manager_id == team.c.id)).c.id)
