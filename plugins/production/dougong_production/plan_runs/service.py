"""Starting a planning run, doing it as a job, calling it off."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import select

from dougong import DougongError, Refused, UnitOfWork, _
from dougong.jobs.models import QueuedJob
from dougong_production.plan_runs.computing import Computed, compute
from dougong_production.plan_runs.gathering import Facts, gather, undecided
from dougong_production.plan_runs.models import PlanRun
from dougong_production.plan_runs.workflow import UNDERWAY
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


def stop_plan_runs(uow: UnitOfWork, ids: Sequence[int]) -> list[PlanRun]:
    """Let runs end before their next level; the levels that are planned are kept."""
    uow.require("production.plan_run.start")
    runs = uow.load(PlanRun, ids, lock=True)
    for run in runs:
        run.move("stop")
    return runs


def cancel_plan_runs(uow: UnitOfWork, ids: Sequence[int]) -> list[PlanRun]:
    """Call runs off; the job finds out at its next step, and the last plan stays as it was."""
    uow.require("production.plan_run.start")
    runs = uow.load(PlanRun, ids, lock=True)
    jobs = [run.job_id for run in runs if run.job_id and run.state in UNDERWAY]
    for run in runs:
        run.move("cancel")
    for job in uow.load(QueuedJob, jobs, lock=True) if jobs else ():
        if job.state in ("waiting", "running"):
            job.state, job.finished_at, job.leased_until = "cancelled", uow.now, None
    return runs


def given_up(uow: UnitOfWork, run_id: int) -> None:
    """Its job was cancelled: so is the run, and the last plan stays."""
    run = uow.get(PlanRun, run_id, lock=True)
    if run.state in UNDERWAY:
        run.move("cancel")


def plan(run: Any, run_id: int) -> None:
    """The job: gather, net level by level, write. Running it twice changes nothing."""
    run.progress(5, _("Gathering bills, stock and orders"))
    try:
        started = time.monotonic()
        with run.house.look(run.actor) as uow:
            here = uow.get(PlanRun, run_id)
            if here.state not in UNDERWAY:
                return
            periods, facts = here.calendar, gather(uow, here.calendar)
        found = compute(facts, periods, partial(_go_on, run, run_id))
        run.progress(70, _("Writing proposals"))
        run.do(lambda uow: _keep(uow, run_id, facts, found, started))
    except DougongError as refusal:
        sentence = str(refusal)[:400]
        run.do(lambda uow: _failed(uow, run_id, sentence))
        raise
    run.progress(100, _("Planned"))


def plan_now(uow: UnitOfWork, run_id: int) -> PlanRun | None:
    """Plan in this unit of work; None when the run is no longer wanted."""
    started = time.monotonic()
    run = uow.get(PlanRun, run_id, lock=True)
    if run.state not in UNDERWAY:
        return None
    facts = gather(uow, run.calendar)
    return _write(uow, run, facts, compute(facts, run.calendar), started)


def _go_on(run: Any, run_id: int, level: int, levels: int) -> bool:
    """Tell how far it is; no when somebody said stop. Who cancelled ends the job."""
    run.progress(
        10 + 60 * level // levels,
        _("Level %(level)s of %(levels)s", level=level + 1, levels=levels),
    )
    with run.read() as session:
        state = session.scalar(select(PlanRun.state).where(PlanRun.id == run_id))
    return bool(state == "running")


def _keep(uow: UnitOfWork, run_id: int, facts: Facts, found: Computed, started: float) -> None:
    """Write what was found, unless proposals were decided on meanwhile: then plan once more."""
    run = uow.get(PlanRun, run_id, lock=True)
    if run.state not in UNDERWAY:
        return
    if undecided(uow) != facts.undecided:
        facts = gather(uow, run.calendar)
        found = compute(facts, run.calendar)
    _write(uow, run, facts, found, started)


def _write(uow: UnitOfWork, run: PlanRun, facts: Facts, found: Computed, started: float) -> PlanRun:
    clear_last_plan(uow, run)
    write_plan(uow, run, facts, found)
    run.finished_at, levels = uow.now, int(found.plan.levels.max(initial=-1)) + 1
    if found.plan.netted < levels:
        message = _(
            "Stopped: %(netted)s of %(levels)s levels are planned.",
            netted=found.plan.netted,
            levels=levels,
        )
    else:
        seconds = f"{time.monotonic() - started:.1f}"
        message = _("%(items)s items in %(seconds)s s.", items=len(facts.products), seconds=seconds)
    run.end("done", str(message))
    return run


def _failed(uow: UnitOfWork, run_id: int, sentence: str) -> None:
    run = uow.get(PlanRun, run_id, lock=True)
    if run.state in UNDERWAY:
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
