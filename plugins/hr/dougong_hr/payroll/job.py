"""A large payroll as a job: part by part, with a figure of how far it is."""

from __future__ import annotations

from typing import Any

from dougong import UnitOfWork, _
from dougong_hr.payroll.models import Payroll
from dougong_hr.payroll.service import begin, pay

#: So many payslips are written at once.
PART = 250


def compute_in_parts(run: Any, payroll: int) -> None:
    """Compute a payroll's payslips; whoever watches sees how many are done."""
    ids: list[int] = run.do(lambda uow: list(begin(uow, uow.get(Payroll, payroll, lock=True))))
    for start in range(0, len(ids), PART):
        part = set(ids[start : start + PART])
        run.do(lambda uow, part=part: _part(uow, payroll, part))
        done = min(start + PART, len(ids))
        run.progress(
            100 * done // len(ids), _("%(done)s of %(all)s payslips", done=done, all=len(ids))
        )
    run.do(lambda uow: _finish(uow, payroll))


def _part(uow: UnitOfWork, key: int, part: set[int]) -> None:
    from dougong_hr.payroll.people import people_of

    payroll = uow.get(Payroll, key)
    people = people_of(uow.session, payroll.span, payroll.department_id)
    pay(uow, payroll, {i: person for i, person in people.items() if i in part})


def _finish(uow: UnitOfWork, key: int) -> None:
    payroll = uow.get(Payroll, key, Payroll.payslips, lock=True)
    payroll.add_up(payroll.payslips)
    payroll.compute()
