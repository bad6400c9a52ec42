"""What an administrator does with jobs: try a dead one again, cancel one, have one done now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dougong.errors import NotFound, Refused
from dougong.i18n import _
from dougong.jobs.models import QueuedJob
from dougong.plugin import Job
from dougong.unit_of_work import UnitOfWork


def retry_jobs(uow: UnitOfWork, ids: Sequence[int]) -> list[QueuedJob]:
    """Put dead and cancelled jobs into the queue again, with all their tries."""
    uow.require("core.job.retry")
    jobs = uow.load(QueuedJob, ids, lock=True)
    for job in jobs:
        if job.state not in ("dead", "cancelled"):
            raise Refused(_("Job %(id)s is %(state)s: only dead and cancelled jobs can be tried again.", id=job.id, state=job.state))  # fmt: skip
        job.state, job.tries, job.due_at = "waiting", 0, uow.now
        job.worker = job.leased_until = job.finished_at = None
    return jobs


def cancel_jobs(uow: UnitOfWork, ids: Sequence[int]) -> list[QueuedJob]:
    """Take jobs out of the queue; one that is running is undone, or stops at its next report."""
    uow.require("core.job.cancel")
    jobs = uow.load(QueuedJob, ids, lock=True)
    for job in jobs:
        if job.state not in ("waiting", "running", "dead"):
            raise Refused(_("Job %(id)s is %(state)s: there is nothing to cancel.", id=job.id, state=job.state))  # fmt: skip
        job.state, job.finished_at, job.leased_until = "cancelled", uow.now, None
    return jobs


def request_job(
    uow: UnitOfWork, known: dict[str, Job], name: str, arguments: dict[str, Any]
) -> QueuedJob:
    """Have a declared job done as soon as a worker is free."""
    uow.require("core.job.run")
    if name not in known:
        raise NotFound(_("job"), name)
    return uow.enqueue(name, **arguments)
