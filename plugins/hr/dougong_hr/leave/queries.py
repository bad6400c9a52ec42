"""How much leave people have left, and when they are away."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong_hr.leave.models import AbsenceDay, Entitlement, LeaveType

#: Employee, type, year.
Key = tuple[int, int, int]
Days = list[tuple[dt.date, Decimal]]


def entitlements_of(
    session: Session, employee_ids: Collection[int], years: Collection[int]
) -> Mapping[Key, Entitlement]:
    """What these people may take in these years."""
    rows = session.scalars(
        select(Entitlement).where(
            Entitlement.employee_id.in_(employee_ids), Entitlement.year.in_(years)
        )
    )
    return {(row.employee_id, row.type_id, row.year): row for row in rows}


def days_taken(
    session: Session, employee_ids: Collection[int], years: Collection[int]
) -> Mapping[Key, Days]:
    """The days these people asked for or took, by type and year."""
    first, last = dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)
    rows = session.execute(
        select(AbsenceDay.employee_id, AbsenceDay.type_id, AbsenceDay.on, AbsenceDay.part).where(
            AbsenceDay.employee_id.in_(employee_ids), AbsenceDay.on.between(first, last)
        )
    )
    found: dict[Key, Days] = defaultdict(list)
    for employee_id, type_id, on, part in rows:
        found[employee_id, type_id, on.year].append((on, part))
    return found


def balances(
    session: Session, employee_ids: Collection[int], on: dt.date
) -> Mapping[tuple[int, int], Decimal]:
    """What is left on a day, by employee and type of leave that can run out."""
    types = {t.id: t for t in session.scalars(select(LeaveType)) if t.limited}
    taken = days_taken(session, employee_ids, [on.year])
    return {
        (employee, kind): row.account(types[kind].accrual).left(taken.get(key, []), on)
        for key, row in entitlements_of(session, employee_ids, [on.year]).items()
        for employee, kind, _year in [key]
        if kind in types
    }
