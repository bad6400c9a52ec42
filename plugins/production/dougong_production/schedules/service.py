"""Making a schedule as a job, stopping it, trying another, adopting one."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from dougong import DougongError, Refused, Text, UnitOfWork, _
from dougong.jobs.models import QueuedJob
from dougong.jobs.running import Stopped
from dougong_production.schedules.framing import at, framed
from dougong_production.schedules.models import Schedule, ScheduledWork
from dougong_production.schedules.problem import Problem, Solution, why_late
from dougong_production.schedules.solving import Limits, have_solver, solve
from dougong_production.work_orders.models import WorkOrder

JOB = "production.schedule"
#: Seconds between two savings of the best so far.
PAUSE = 2.0


class AlreadyScheduling(Refused):
    """Two at once would overload the house."""

    def __init__(self, other: Schedule) -> None:
        super().__init__(
            _("%(schedule)s is being worked out. Wait for it, or stop it first.", schedule=other)
        )


def start_schedules(uow: UnitOfWork, ids: Sequence[int]) -> list[Schedule]:
    """Queue the work; one at a time in a company. What cannot be scheduled is refused now."""
    uow.require("production.schedule.start")
    schedules = uow.load(Schedule, ids, lock=True)
    for schedule in schedules:
        _nobody_else(uow, schedule)
        schedule.move("start")
        schedule.start_at = uow.now.replace(second=0, microsecond=0)
        framed(uow, schedule)
        schedule.job_id = uow.enqueue(JOB, schedule_id=schedule.id).id
        uow.flush()
    return schedules


def cancel_schedules(uow: UnitOfWork, ids: Sequence[int]) -> list[Schedule]:
    """Stop looking; the best that was found so far is kept."""
    uow.require("production.schedule.start")
    schedules = uow.load(Schedule, ids, lock=True)
    jobs = [one.job_id for one in schedules if one.job_id and one.state == "running"]
    for schedule in schedules:
        schedule.move("cancel")
    for job in uow.load(QueuedJob, jobs, lock=True) if jobs else ():
        if job.state in ("waiting", "running"):
            job.state, job.finished_at, job.leased_until = "cancelled", uow.now, None
    return schedules


def copy_schedules(uow: UnitOfWork, ids: Sequence[int]) -> list[Schedule]:
    """What if: drafts like these, whose limits and hours may be changed, to be compared."""
    uow.require("production.schedule.create")
    copies = [
        Schedule(
            name=str(_("What if: %(name)s", name=one.name))[:80], days=one.days,
            seconds=one.seconds, repeatable=one.repeatable, frozen_hours=one.frozen_hours,
            extra_hours=one.extra_hours, base_id=one.id,
        )
        for one in uow.load(Schedule, ids)
    ]  # fmt: skip
    uow.add(*copies)
    return copies


def adopt_schedules(uow: UnitOfWork, ids: Sequence[int]) -> list[Schedule]:
    """The work orders take times and places from the schedule."""
    uow.require("production.schedule.adopt")
    schedules = uow.load(Schedule, ids, lock=True)
    for schedule in schedules:
        rows = uow.session.scalars(
            select(ScheduledWork).where(ScheduledWork.schedule_id == schedule.id)
        ).all()
        if not rows:
            raise Refused(
                _("%(schedule)s has placed nothing. Work it out first.", schedule=schedule)
            )
        schedule.move("adopt")
        works = {w.id: w for w in uow.load(WorkOrder, [row.work_id for row in rows], lock=True)}
        for row in rows:
            work = works[row.work_id]
            if work.state in ("done", "cancelled"):
                continue
            work.planned_start, work.planned_end = row.start_at, row.end_at
            if work.state != "running":
                work.work_centre_id = row.work_centre_id
    return schedules


def given_up(uow: UnitOfWork, schedule_id: int) -> None:
    """Its job was cancelled: the search ends, and the best so far is kept."""
    schedule = uow.get(Schedule, schedule_id, lock=True)
    if schedule.state == "running":
        schedule.move("cancel")


def schedule_work(run: Any, schedule_id: int) -> None:
    """The job: frame, solve, save. The first solution is saved at once, better ones as they come.

    Who stops it keeps the best that was found until then.
    """
    problem, limits = run.do(lambda uow: _begin(uow, schedule_id))
    if problem is None:
        return
    search = _Search(run, schedule_id, problem, limits)
    found = solve(problem, limits, search.better, search.wanted)
    try:
        run.do(lambda uow: save(uow, schedule_id, problem, found, over=True))
    except Stopped:
        run.house.run(run.actor, lambda uow: _keep_stopped(uow, schedule_id, problem, found))
        raise


class _Search:
    """Tells now and then how far the search is and keeps its best; learns whether to go on."""

    def __init__(self, run: Any, schedule_id: int, problem: Problem, limits: Limits) -> None:
        self.run, self.id, self.problem = run, schedule_id, problem
        self.begun, self.seconds, self.saved = time.monotonic(), limits.seconds, -math.inf
        self.note: Text | str = ""

    def better(self, solution: Solution) -> bool:
        """Keep a better solution, if the last one was not kept just now."""
        self.note = _("Best so far: late %(late)s min", late=solution.tardiness)
        if time.monotonic() - self.saved < PAUSE:
            return True
        self.saved = time.monotonic()
        try:
            self.run.do(lambda uow: save(uow, self.id, self.problem, solution))
        except DougongError:
            return False
        return self.wanted()

    def wanted(self) -> bool:
        """Say how much of the time is over; no when somebody has stopped it."""
        part = (time.monotonic() - self.begun) / max(1.0, self.seconds)
        try:
            self.run.progress(min(95, 5 + int(90 * part)), self.note)
        except DougongError:
            return False
        return True


def _keep_stopped(uow: UnitOfWork, schedule_id: int, problem: Problem, found: Solution) -> None:
    """Somebody stopped the search: what it had found is kept, unless another worker has taken over."""
    if uow.get(Schedule, schedule_id, lock=True).state == "cancelled":
        save(uow, schedule_id, problem, found)


def _begin(uow: UnitOfWork, schedule_id: int) -> tuple[Problem | None, Limits]:
    schedule = uow.get(Schedule, schedule_id, lock=True)
    seconds = schedule.seconds
    limits = Limits(seconds, seconds if schedule.repeatable else None)
    return (framed(uow, schedule) if schedule.state == "running" else None), limits


def save(
    uow: UnitOfWork, schedule_id: int, problem: Problem, found: Solution, *, over: bool = False
) -> None:
    """Keep a solution instead of the one before, with why each order is late."""
    schedule = uow.get(Schedule, schedule_id, lock=True)
    uow.session.connection().execute(
        delete(ScheduledWork).where(ScheduledWork.schedule_id == schedule_id)
    )
    ends: dict[int, int] = {}
    works = {work.key: work for work in problem.works if not work.blocks}
    placed = [one for one in found.placed if one.work in works]
    for one in placed:
        ends[one.work] = max(ends.get(one.work, 0), one.end)
    reasons = {key: why_late(problem, works[key], end) for key, end in ends.items()}
    uow.add(
        *(
            ScheduledWork(
                company_id=schedule.company_id, schedule_id=schedule_id, order_id=one.work,
                work_id=one.task, work_centre_id=one.machine, start_at=at(schedule, one.start),
                end_at=at(schedule, one.end), reason=reasons[one.work] or None,
                late_minutes=max(0, ends[one.work] - (works[one.work].due or 0))
                if reasons[one.work] else 0,
            )
            for one in placed
        )
    )  # fmt: skip
    schedule.result, schedule.tardiness = found.status, found.tardiness
    schedule.makespan = found.makespan
    schedule.late = sum(1 for reason in reasons.values() if reason)
    if over and schedule.state == "running":
        schedule.end(None if have_solver() else str(MISSING))


MISSING = _(
    "Placed by a priority rule. For better schedules: pip install “dougong-production[schedule]”."
)


def _nobody_else(uow: UnitOfWork, mine: Schedule) -> None:
    query = (
        select(Schedule, QueuedJob.state)
        .outerjoin(QueuedJob, QueuedJob.id == Schedule.job_id)
        .where(
            Schedule.company_id == mine.company_id, Schedule.busy.is_(True),
            Schedule.id != mine.id,
        )
    )  # fmt: skip
    for other, state in uow.session.execute(query).all():
        if state in ("waiting", "running"):
            raise AlreadyScheduling(other)
        other.end(str(_("Its job was given up.")))
    uow.flush()
