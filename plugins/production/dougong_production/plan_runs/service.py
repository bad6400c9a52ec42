"""Starting a planning run, doing it as a job, calling it off."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from dougong import DougongError, Refused, UnitOfWork, _
from dougong.jobs.models import QueuedJob
from dougong_production.plan_runs.computing import compute
from dougong_production.plan_runs.gathering import gather
from dougong_production.plan_runs.models import PlanRun
from dougong_production.plan_runs.writing import clear_last_plan, write_plan
from dougong_production.planning.periods import Periods, first_day

JOB = "production.plan"


class AlreadyPlanning(Refused):
    """Two runs at once would propose everything twice."""

    def __init__(self, run: PlanRun) -> None:
        super().__init__(
            _("%(run)s is under way. Wait until it is done, or cancel it first.", run=run)
        )


def open_plan_run(uow: UnitOfWork) -> PlanRun:
    """A new run with the periods that the settings ask for, not yet started."""
    uow.require("production.plan_run.create")
    run = PlanRun(
        period=str(uow.setting("production.plan_period")),
        periods=int(uow.setting("production.plan_periods")),
    )
    uow.add(run)
    return run


def start_plan_runs(uow: UnitOfWork, ids: Sequence[int]) -> list[PlanRun]:
    """Queue the work; one run at a time in a company."""
    uow.require("production.plan_run.start")
    runs = uow.load(PlanRun, ids, lock=True)
    for run in runs:
        _nobody_else(uow, run)
        run.move("start")
        run.start_on = first_day(uow.today, run.period)
        Periods(run.start_on, run.periods, run.period)
        uow.number(run, "plan-run")
        run.job_id = uow.enqueue(JOB, run_id=run.id).id
        uow.flush()
    return runs


def cancel_plan_runs(uow: UnitOfWork, ids: Sequence[int]) -> list[PlanRun]:
    """Call runs off; the job finds out at its next step, and nothing of it is kept."""
    uow.require("production.plan_run.start")
    runs = uow.load(PlanRun, ids, lock=True)
    jobs = [run.job_id for run in runs if run.job_id and run.state == "running"]
    for run in runs:
        run.move("cancel")
    for job in uow.load(QueuedJob, jobs, lock=True) if jobs else ():
        if job.state in ("waiting", "running"):
            job.state, job.finished_at, job.leased_until = "cancelled", uow.now, None
    return runs


def plan(run: Any, run_id: int) -> None:
    """The job: gather, net, write. Running it twice changes nothing."""
    run.progress(5, _("Gathering bills, stock and orders"))
    try:
        # What is gathered, netted and written belongs to one moment: one unit of work.
        run.do(lambda uow: plan_now(uow, run_id))
    except DougongError as refusal:
        sentence = str(refusal)[:400]
        run.do(lambda uow: _failed(uow, run_id, sentence))
        raise
    run.progress(100, _("Planned"))


def plan_now(uow: UnitOfWork, run_id: int) -> PlanRun | None:
    """Plan in this unit of work; None when the run is no longer wanted."""
    run = uow.get(PlanRun, run_id, lock=True)
    if run.state != "running":
        return None
    started = time.monotonic()
    facts = gather(uow, run.calendar)
    found = compute(facts, run.calendar)
    clear_last_plan(uow, run)
    write_plan(uow, run, facts, found)
    seconds = f"{time.monotonic() - started:.1f}"
    message = _("%(items)s items in %(seconds)s s.", items=len(facts.products), seconds=seconds)
    run.end("done", str(message))
    run.finished_at = uow.now
    return run


def _failed(uow: UnitOfWork, run_id: int, sentence: str) -> None:
    run = uow.get(PlanRun, run_id, lock=True)
    if run.state == "running":
        run.end("failed", sentence)


def _nobody_else(uow: UnitOfWork, mine: PlanRun) -> None:
    """Refuse while another run is under way; one whose job has died is in nobody's way."""
    query = (
        select(PlanRun, QueuedJob.state)
        .outerjoin(QueuedJob, QueuedJob.id == PlanRun.job_id)
        .where(PlanRun.company_id == mine.company_id, PlanRun.busy.is_(True), PlanRun.id != mine.id)
    )
    for other, state in uow.session.execute(query).all():
        if state in ("waiting", "running"):
            raise AlreadyPlanning(other)
        other.end("failed", str(_("Its job was given up.")))
    uow.flush()
