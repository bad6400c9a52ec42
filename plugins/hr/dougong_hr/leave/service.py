"""Asking for leave, deciding, taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import delete, update

from dougong import ZERO, Refused, UnitOfWork, _, ref
from dougong_base.events import AbsenceApproved
from dougong_hr.calendars.queries import workdays_of
from dougong_hr.employees.models import Employee
from dougong_hr.leave.balance import Account
from dougong_hr.leave.models import AbsenceDay, LeaveRequest
from dougong_hr.leave.queries import Days, Key, days_taken, entitlements_of
from dougong_hr.leave.workflow import LEAVE_STEPS


class AlreadyAway(Refused):
    """Two requests for the same day."""

    def __init__(self, request: LeaveRequest, on: dt.date) -> None:
        super().__init__(
            _(
                "%(employee)s has asked for %(day)s already. Withdraw one of the two requests.",
                employee=request.employee, day=on,
            )
        )  # fmt: skip


class NotEnoughLeave(Refused):
    """More than is left."""

    def __init__(self, request: LeaveRequest, year: int, left: Decimal, asked: Decimal) -> None:
        super().__init__(
            _(
                "%(employee)s asks for %(asked)s days of %(type)s, but only %(left)s are left in"
                " %(year)s.",
                employee=request.employee, asked=_plain(asked), type=request.type,
                left=_plain(max(left, ZERO)), year=year,
            )
        )  # fmt: skip


def ask_leaves(uow: UnitOfWork, ids: Sequence[int]) -> list[LeaveRequest]:
    """Put requests before whoever decides; the days are counted and kept free for them."""
    uow.require("hr.leave.write")
    requests = uow.load(LeaveRequest, ids, LeaveRequest.type)
    people = sorted({r.employee_id for r in requests})
    # Two who ask at the same time wait for each other here.
    uow.load(Employee, people, lock=True)
    uow.load(LeaveRequest, ids, LeaveRequest.employee)
    years = sorted({y for r in requests for y in range(r.first_on.year, r.last_on.year + 1)})
    rows = entitlements_of(uow.session, people, years)
    taken = {key: list(days) for key, days in days_taken(uow.session, people, years).items()}
    workdays = workdays_of(uow.session, people, min(r.first_on for r in requests))
    for request in requests:
        days = request.spread(workdays[request.employee_id])
        _refuse_twice(request, days, taken)
        accounts = {
            year: rows[key].account(request.type.accrual)
            for year in years
            if (key := (request.employee_id, request.type_id, year)) in rows
        }
        _book(request, days, accounts, taken)
        request.ask(sum((part for _day, part in days), ZERO))
        uow.add(
            *(
                AbsenceDay(
                    company_id=request.company_id,
                    employee_id=request.employee_id,
                    request_id=request.id,
                    type_id=request.type_id,
                    on=day,
                    part=part,
                )
                for day, part in days
            )
        )
    return requests


def approve_leaves(uow: UnitOfWork, ids: Sequence[int]) -> list[LeaveRequest]:
    """Say yes; the other departments plan without the person."""
    requests = _decide(uow, ids, "approve", None)
    uow.flush()
    uow.session.connection().execute(
        update(AbsenceDay).where(AbsenceDay.request_id.in_(list(ids))).values(approved=True)
    )
    uow.publish(
        AbsenceApproved(
            absence=ref(r),
            party_id=r.employee.party_id or 0,
            company_id=r.company_id,
            first_on=r.first_on,
            last_on=r.last_on,
            days=r.days,
        )
        for r in requests
    )
    return requests


def refuse_leaves(uow: UnitOfWork, ids: Sequence[int], reason: str) -> list[LeaveRequest]:
    """Say no, and why."""
    requests = _decide(uow, ids, "refuse", reason)
    _free(uow, ids)
    return requests


def cancel_leaves(uow: UnitOfWork, ids: Sequence[int]) -> list[LeaveRequest]:
    """Take requests back; leave that has begun is taken back by those who approve it."""
    uow.require("hr.leave.write")
    requests = uow.load(LeaveRequest, ids)
    for request in requests:
        if request.state == "approved" and request.first_on <= uow.today:
            uow.require("hr.leave.approve")
        LEAVE_STEPS.move(request, "cancel")
    _free(uow, ids)
    return requests


def _decide(
    uow: UnitOfWork, ids: Sequence[int], step: str, answer: str | None
) -> list[LeaveRequest]:
    uow.require("hr.leave.approve")
    requests = uow.load(LeaveRequest, ids, LeaveRequest.employee)
    for request in requests:
        if uow.actor.user_id and request.employee.user_id == uow.actor.user_id:
            raise Refused(_("Nobody decides on their own leave. Ask your manager."))
        request.decide(step, uow.actor.user_id, uow.today, answer)
    return requests


def _refuse_twice(request: LeaveRequest, days: Days, taken: Mapping[Key, Days]) -> None:
    mine = {
        day for key, known in taken.items() if key[0] == request.employee_id for day, _part in known
    }
    for day, _part in days:
        if day in mine:
            raise AlreadyAway(request, day)


def _book(
    request: LeaveRequest, days: Days, accounts: Mapping[int, Account], taken: dict[Key, Days]
) -> None:
    """Count the new days among those taken; refuse what no year has left."""
    for year in sorted({day.year for day, _part in days}):
        new = [(day, part) for day, part in days if day.year == year]
        known = taken.setdefault((request.employee_id, request.type_id, year), [])
        if request.type.limited:
            account = accounts.get(year, Account(ZERO))
            asked = sum((part for _day, part in new), ZERO)
            left = _left(account, known, new)
            if left - asked < -request.type.overdraw:
                raise NotEnoughLeave(request, year, left + request.type.overdraw, asked)
        known += new


def _left(account: Account, known: Days, new: Days) -> Decimal:
    """What is left for the new days: on the last of them, and at the end of the year.

    What was carried over counts for those of the new days that come before it is lost.
    """
    last = max(day for day, _part in new)
    asked = sum((part for _day, part in new), ZERO)
    by_then = [(day, part) for day, part in known if day <= last]
    at_last = account.left(by_then + new, last) + asked
    at_end = account.left(known + new, last.replace(month=12, day=31)) + asked
    return min(at_last, at_end)


def _free(uow: UnitOfWork, ids: Sequence[int]) -> None:
    uow.flush()
    uow.session.connection().execute(delete(AbsenceDay).where(AbsenceDay.request_id.in_(list(ids))))


def _plain(days: Decimal) -> str:
    return format(days.normalize(), "f")
