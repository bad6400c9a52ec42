"""From orders, work centres and calendars to a scheduling problem, and from minutes to the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from dougong import Refused, UnitOfWork, _
from dougong_base import Calendar, is_working_day
from dougong_production.maintenance.standstill import standing
from dougong_production.orders.models import Order
from dougong_production.orders.workflow import OPEN
from dougong_production.schedules.models import Schedule
from dougong_production.schedules.problem import Machine, Problem, Task, Work
from dougong_production.work_centres.models import WorkCentre
from dougong_production.work_orders.models import WorkOrder

#: The working day begins at eight.
DAY_BEGINS = 8 * 60
DAY = 24 * 60
WAITING = ("waiting", "ready", "running", "paused")


class NoCapacity(Refused):
    """A work centre that never works."""

    def __init__(self, centre: WorkCentre) -> None:
        super().__init__(
            _("%(centre)s has no capacity. Give it hours and at least one place.", centre=centre)
        )


def framed(uow: UnitOfWork, schedule: Schedule) -> Problem:
    """What there is to schedule, in four statements."""
    assert schedule.start_at is not None
    orders = uow.session.scalars(
        select(Order)
        .where(Order.company_id == schedule.company_id, Order.state.in_(OPEN))
        .options(selectinload(Order.work))
        .order_by(Order.due_on, Order.id)
    ).all()
    centres = {
        centre.id: centre
        for centre in uow.session.scalars(
            select(WorkCentre)
            .where(WorkCentre.company_id == schedule.company_id)
            .options(
                selectinload(WorkCentre.alternatives),
                selectinload(WorkCentre.calendar).selectinload(Calendar.holidays),
            )
        )
    }
    zone = ZoneInfo(uow.actor.timezone)
    works = [_work(order, schedule, centres, zone) for order in orders]
    used = {key for work in works for task in work.tasks for key, _minutes in task.options}
    machines = {key: _machine(centres[key], schedule, zone) for key in used}
    broken = _broken(uow, schedule, machines, zone)
    return Problem(machines, [*broken, *(work for work in works if work.tasks)])


def _broken(
    uow: UnitOfWork, schedule: Schedule, machines: dict[int, Machine], zone: ZoneInfo
) -> list[Work]:
    """What stands still takes a place at its work centre until it runs again.

    Where nobody knows when that is, until the end of the day.
    """
    assert schedule.start_at is not None
    today = schedule.start_at.astimezone(zone).date()
    tomorrow = _midnight(today + dt.timedelta(days=1), zone)
    found: list[Work] = []
    for key, backs in standing(uow.session, schedule.company_id).items():
        if key not in machines:
            continue
        machine = machines[key]
        untils = [back if back and back > schedule.start_at else tomorrow for back in backs]
        for until in sorted(untils, reverse=True)[: machine.capacity]:
            minutes = machine.first(minute_of(schedule, until))
            if minutes > 0:
                number = -1 - len(found)
                task = Task(number, ((key, minutes),), fixed=(key, 0))
                found.append(Work(number, (task,), blocks=True))
    return found


def at(schedule: Schedule, minute: int) -> dt.datetime:
    """The moment of a minute."""
    assert schedule.start_at is not None
    return schedule.start_at + dt.timedelta(minutes=minute)


def minute_of(schedule: Schedule, moment: dt.datetime) -> int:
    """The minute of a moment; what is past is the start."""
    assert schedule.start_at is not None
    return max(0, int((moment - schedule.start_at).total_seconds() // 60))


def _work(order: Order, schedule: Schedule, centres: dict[int, WorkCentre], zone: ZoneInfo) -> Work:
    tasks = [
        _task(order, work, schedule, centres)
        for work in order.work
        if work.state in WAITING and not work.external
    ]
    release = due = None
    if order.starts_on is not None:
        release = minute_of(schedule, _midnight(order.starts_on, zone))
    if order.due_on is not None:
        due = minute_of(schedule, _midnight(order.due_on + dt.timedelta(days=1), zone))
    return Work(order.id, tuple(tasks), release or 0, due)


def _task(
    order: Order, work: WorkOrder, schedule: Schedule, centres: dict[int, WorkCentre]
) -> Task:
    own = centres[work.work_centre_id]
    others = [centres[x.alternative_id] for x in own.alternatives if x.alternative_id in centres]
    running = max(work.planned_minutes - work.setup_minutes, work.planned_minutes * 0)
    options = tuple(
        (centre.id, int(centre.takes(running).to_integral_value()))
        for centre in (own, *(other for other in others if other.active))
    )
    fixed = None
    if work.planned_start is not None and (
        work.state == "running"
        or work.planned_start <= at(schedule, 60 * schedule.frozen_hours) != schedule.start_at
    ):
        fixed = own.id, minute_of(schedule, work.planned_start)
    return Task(work.id, options, int(work.setup_minutes), order.product_id, fixed)


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone)


def _machine(centre: WorkCentre, schedule: Schedule, zone: ZoneInfo) -> Machine:
    """The times at which a centre does not work, up to the end of the horizon and as long again."""
    hours = min(centre.hours_a_day + schedule.extra_hours, Decimal(24))
    minutes = int(hours * 60)
    if minutes <= 0 or centre.capacity <= 0:
        raise NoCapacity(centre)
    assert schedule.start_at is not None
    local = schedule.start_at.astimezone(zone)
    breaks, worked, free_since = [], 0, 0
    begins = 0 if minutes > DAY - DAY_BEGINS else DAY_BEGINS
    for number in range(schedule.days * 2):
        day = local.date() + dt.timedelta(days=number)
        if not is_working_day(centre.calendar, day):
            continue
        first = _midnight(day, zone) + dt.timedelta(minutes=begins)
        start = int((first - local).total_seconds() // 60)
        end, start = start + minutes, max(start, 0)
        if end <= start:
            continue
        if start > free_since:
            breaks.append((worked, start - free_since))
        worked, free_since = worked + end - start, end
    return Machine(centre.id, centre.capacity, tuple(breaks))


def late_orders(problem: Problem, ends: dict[int, int]) -> Sequence[Work]:
    """The orders that are not in time."""
    return [w for w in problem.works if w.due is not None and ends.get(w.key, 0) > w.due]
