"""What an administrator does with jobs: try a dead one again, cancel one, have one done now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from dougong.errors import NotFound
from dougong.i18n import _, pgettext
from dougong.jobs.models import QueuedJob
from dougong.plugin import Job
from dougong.unit_of_work import UnitOfWork
from dougong.workflows import State, Step, Workflow


def retry_jobs(uow: UnitOfWork, ids: Sequence[int]) -> list[QueuedJob]:
    """Put dead and cancelled jobs into the queue again, with all their tries."""
    uow.require("core.job.retry")
    jobs = uow.load(QueuedJob, ids, lock=True)
    for job in jobs:
        JOB_STEPS.move(job, "retry")
        job.tries, job.progress, job.due_at = 0, 0, uow.now
        job.worker = job.leased_until = job.finished_at = None
    return jobs


def cancel_jobs(uow: UnitOfWork, ids: Sequence[int]) -> list[QueuedJob]:
    """Take jobs out of the queue; one that is running is undone, or stops at its next report.

    A document that waits for its job is told in the same transaction.
    """
    uow.require("core.job.cancel")
    jobs = uow.load(QueuedJob, ids, lock=True)
    for job in jobs:
        wanted = job.state != "dead"
        JOB_STEPS.move(job, "cancel")
        job.finished_at, job.leased_until = uow.now, None
        if wanted:
            _tell(uow, job)
    return jobs


def _tell(uow: UnitOfWork, job: QueuedJob) -> None:
    # A house that was built by hand, for a test, has no wiring.
    wiring = getattr(uow.house, "wiring", None)
    declared = wiring.jobs.get(job.name) if wiring is not None else None
    if declared is None or declared.given_up is None:
        return
    # The document may be gone, or of a company that whoever cancels does not see.
    with suppress(NotFound):
        declared.given_up(uow, **job.arguments)


def request_job(
    uow: UnitOfWork, known: Mapping[str, Job], name: str, arguments: Mapping[str, Any]
) -> QueuedJob:
    """Have a declared job done as soon as a worker is free."""
    uow.require("core.job.run")
    if name not in known:
        raise NotFound(_("job"), name)
    return uow.enqueue(name, **arguments)


JOB_STEPS = Workflow(
    "core.jobs",
    states=[
        State("waiting", pgettext("job", "Waiting")),
        State("running", pgettext("job", "Running"), "blue"),
        State("done", pgettext("job", "Done"), "green"),
        State("dead", pgettext("job", "Dead"), "red", aside=True),
        State("cancelled", pgettext("job", "Cancelled"), aside=True),
    ],
    steps=[
        Step(
            "retry",
            _("Try again"),
            ["dead", "cancelled"],
            "waiting",
            needs="core.job.retry",
            effect=retry_jobs,
            primary=True,
            icon="refresh",
        ),
        Step(
            "cancel",
            _("Cancel"),
            ["waiting", "running", "dead"],
            "cancelled",
            needs="core.job.cancel",
            effect=cancel_jobs,
            icon="x",
            confirm=_("A running job is undone or stops at its next report."),
        ),
    ],
)
