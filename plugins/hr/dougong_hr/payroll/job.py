"""A large payroll as a job: part by part, with a figure of how far it is; stopping keeps what is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from dougong import DougongError, Refused, UnitOfWork, _
from dougong.jobs.models import QueuedJob
from dougong.jobs.running import Stopped
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.payroll.people import people_of
from dougong_hr.payroll.service import begin, pay
from dougong_hr.payroll.workflow import PAYROLL_STEPS

JOB = "hr.compute_payroll"
#: So many payslips are written at once.
PART = 250


def queue_payrolls(uow: UnitOfWork, ids: Sequence[int]) -> list[Payroll]:
    """Have payslips computed in the background; what refuses is said at once."""
    uow.require("hr.payroll.compute")
    payrolls = uow.load(Payroll, ids, lock=True)
    for payroll in payrolls:
        people = begin(uow, payroll)
        PAYROLL_STEPS.move(payroll, "queue")
        payroll.add_up([])
        payroll.told = str(_("%(done)s of %(all)s payslips", done=0, all=len(people)))
        payroll.job_id = uow.enqueue(JOB, payroll=payroll.id).id
    return payrolls


def stop_payrolls(uow: UnitOfWork, ids: Sequence[int]) -> list[Payroll]:
    """Call the jobs off; the payslips that are computed stay to be looked at."""
    uow.require("hr.payroll.compute")
    payrolls = uow.load(Payroll, ids, Payroll.payslips, lock=True)
    jobs = [payroll.job_id for payroll in payrolls if payroll.job_id]
    for job in uow.load(QueuedJob, jobs, lock=True) if jobs else ():
        if job.state in ("waiting", "running"):
            job.state, job.finished_at, job.leased_until = "cancelled", uow.now, None
    for payroll in payrolls:
        _stop(payroll)
    return payrolls


def given_up(uow: UnitOfWork, payroll: int) -> None:
    """The job was cancelled elsewhere: as if the payroll had been stopped."""
    here = uow.get(Payroll, payroll, Payroll.payslips, lock=True)
    if here.state == "computing":
        _stop(here)


def _stop(payroll: Payroll) -> None:
    PAYROLL_STEPS.move(payroll, "stop")
    payroll.add_up(payroll.payslips)
    payroll.told = str(_("Stopped after %(done)s payslips", done=payroll.people))


def compute_in_parts(run: Any, payroll: int) -> None:
    """The job: whoever watches sees how many are done; what refuses is told on the payroll."""
    try:
        ids = run.do(lambda uow: _begin(uow, payroll))
        for start in range(0, len(ids), PART):
            part, done = ids[start : start + PART], min(start + PART, len(ids))
            run.do(lambda uow, part=part, done=done: _part(uow, payroll, part, done, len(ids)))
            run.progress(100 * done // len(ids), _how_far(done, len(ids)))
        if ids:
            run.do(lambda uow: _finish(uow, payroll))
    except Stopped:
        raise
    except DougongError as refusal:
        sentence = str(refusal)[:400]
        run.do(lambda uow: _give_back(uow, payroll, sentence))
        raise


def _begin(uow: UnitOfWork, key: int) -> list[int]:
    """Everybody who is to be paid; nobody when the payroll is no longer waited for."""
    payroll = uow.get(Payroll, key, lock=True)
    return list(begin(uow, payroll)) if payroll.state == "computing" else []


def _part(uow: UnitOfWork, key: int, part: Sequence[int], done: int, everybody: int) -> None:
    payroll = uow.get(Payroll, key, lock=True)
    if payroll.state != "computing":
        raise Refused(_("The payroll is no longer being computed."))
    pay(uow, payroll, people_of(uow.session, payroll.span, payroll.department_id, part))
    payroll.told = str(_how_far(done, everybody))


def _finish(uow: UnitOfWork, key: int) -> None:
    payroll = uow.get(Payroll, key, Payroll.payslips, lock=True)
    payroll.add_up(payroll.payslips)
    payroll.computed_by_job()


def _give_back(uow: UnitOfWork, key: int, sentence: str) -> None:
    payroll = uow.get(Payroll, key, lock=True)
    if payroll.state == "computing":
        rows = uow.session.scalars(select(Payslip).where(Payslip.payroll_id == key)).all()
        payroll.add_up(list(rows))
        payroll.state, payroll.told = "draft", sentence


def _how_far(done: int, everybody: int) -> Any:
    return _("%(done)s of %(all)s payslips", done=done, all=everybody)
