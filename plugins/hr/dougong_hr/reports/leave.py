"""How much leave everybody has left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import ZERO, _
from dougong.actors import Actor
from dougong.reports import Column, Line, Parameter, Report
from dougong.reports.parameters import today
from dougong_hr.employees.models import Employee
from dougong_hr.leave.models import LeaveType
from dougong_hr.leave.queries import balances, days_taken, entitlements_of


def ask_balances(session: Session, actor: Actor, *, on: dt.date | None) -> Iterable[Line]:
    """Granted, carried over, taken and left, for each person and type of leave."""
    day = on or today(actor)
    people = session.scalars(
        select(Employee).where(Employee.state == "active").order_by(Employee.name)
    ).all()
    ids = [e.id for e in people]
    if not ids:
        return
    types = {t.id: t for t in session.scalars(select(LeaveType).order_by(LeaveType.code))}
    rows, left = entitlements_of(session, ids, [day.year]), balances(session, ids, day)
    taken = days_taken(session, ids, [day.year])
    for person in people:
        for kind in types.values():
            row = rows.get((person.id, kind.id, day.year))
            if row is None or (person.id, kind.id) not in left:
                continue
            spent = taken.get((person.id, kind.id, day.year), [])
            yield Line(
                {
                    "employee": person.name,
                    "type": kind.name,
                    "granted": row.granted,
                    "carried": row.carried,
                    "taken": sum((part for _day, part in spent), ZERO),
                    "left": left[person.id, kind.id],
                },
                drill=f"/hr/leaves?employee={person.id}&type={kind.id}",
            )


LEAVE_BALANCES = Report(
    "hr.leave-balances",
    _("Leave balances"),
    "hr.leave.read",
    [
        Column("employee", _("Employee")),
        Column("type", _("Type of leave")),
        Column("granted", _("Granted days"), "quantity"),
        Column("carried", _("Carried over"), "quantity"),
        Column("taken", _("Taken"), "quantity", total=True),
        Column("left", _("Left over"), "quantity", total=True),
    ],
    ask_balances,
    [Parameter("on", _("On"), "date", today)],
    icon="beach",
    order=20,
)
