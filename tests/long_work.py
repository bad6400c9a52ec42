"""A worker does a long job, and somebody cancels it in the middle on the page of jobs."""

from __future__ import annotations

import time

from sqlalchemy import select

from dougong import Actor
from dougong.jobs.models import QueuedJob
from dougong.jobs.running import Run
from dougong.jobs.service import cancel_jobs
from dougong.jobs.worker import Worker

#: So many seconds may pass until a job that was cancelled has ended.
SOON = 5.0


def cancelled_at(runtime, monkeypatch, percent):
    """Do what waits, and cancel the long job when it is so far; returns all it has told till then.

    Asserts that its figure only rose, and that it ended soon.
    """
    told, tell, cancelled = [], Run.progress, []

    def telling(run, done, note=""):
        told.append(done)
        if done >= percent and not cancelled:
            cancelled.append(time.monotonic())
            runtime.house.run(Actor.system(), lambda uow: cancel_jobs(uow, [run.id]))
        tell(run, done, note)

    with monkeypatch.context() as patched:
        patched.setattr(Run, "progress", telling)
        Worker(runtime.house, runtime.wiring).work()
    assert cancelled, told
    assert time.monotonic() - cancelled[0] < SOON
    assert told == sorted(told)
    with runtime.house.read(Actor.system()) as session:
        states = session.scalars(select(QueuedJob.state).where(QueuedJob.note.is_not(None)))
        assert "cancelled" in list(states)
    return told
