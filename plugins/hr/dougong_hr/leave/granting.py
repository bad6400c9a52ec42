"""The yearly entitlement: what is granted, and what comes over from the year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from dougong import ZERO, UnitOfWork
from dougong_hr.employees.models import Employee
from dougong_hr.leave.balance import carry_over, pro_rata
from dougong_hr.leave.models import Entitlement, LeaveType
from dougong_hr.leave.queries import days_taken, entitlements_of


def grant_this_year(uow: UnitOfWork) -> None:
    """Everybody who works here has this year's leave; done each day for those who are new."""
    grant_leave(uow, uow.today.year)


def grant_leave(uow: UnitOfWork, year: int) -> Sequence[Entitlement]:
    """Grant the year's leave to all who work here and have none yet, with what is carried over."""
    uow.require("hr.entitlement.create")
    types = [t for t in uow.session.scalars(select(LeaveType).where(LeaveType.active)) if t.limited]
    people = uow.session.scalars(select(Employee).where(Employee.state == "active")).all()
    ids = [e.id for e in people]
    if not ids or not types:
        return []
    known = entitlements_of(uow.session, ids, [year - 1, year])
    taken = days_taken(uow.session, ids, [year - 1])
    rows = []
    for kind in types:
        for person in people:
            if (person.id, kind.id, year) in known or person.company_id != kind.company_id:
                continue
            granted = pro_rata(kind.days_year, person.joined_on, year)
            before = known.get((person.id, kind.id, year - 1))
            carried = ZERO
            if before is not None:
                spent = taken.get((person.id, kind.id, year - 1), [])
                end = before.account("yearly")
                carried = carry_over(end.left(spent, dt.date(year - 1, 12, 31)), kind.carry_most)
            rows.append(
                Entitlement(
                    company_id=person.company_id,
                    employee_id=person.id,
                    type_id=kind.id,
                    year=year,
                    granted=granted,
                    carried=carried,
                    carried_until=kind.carried_until(year) if carried else None,
                )
            )
    uow.add(*rows)
    return rows
