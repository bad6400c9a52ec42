"""Who is away, for whoever plans with people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_hr.employees.models import Employee
from dougong_hr.leave.models import AbsenceDay


class ApprovedAbsences:
    """Answers `Absences` from approved leave."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def between(
        self, party_ids: Collection[int], start: dt.date, end: dt.date
    ) -> Mapping[int, Collection[dt.date]]:
        """The working days each person is away, half days included."""
        rows = self.uow.session.execute(
            select(Employee.party_id, AbsenceDay.on)
            .join(Employee, Employee.id == AbsenceDay.employee_id)
            .where(
                Employee.party_id.in_(party_ids),
                AbsenceDay.approved,
                AbsenceDay.on.between(start, end),
            )
            .order_by(AbsenceDay.on)
        )
        found: dict[int, list[dt.date]] = defaultdict(list)
        for party_id, on in rows:
            if party_id is not None:
                found[party_id].append(on)
        return found
