"""Work that is done again and again: put into the queue once a slot, by whoever comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select

from dougong import clock
from dougong.actors import Actor
from dougong.jobs.acting import of_all_companies
from dougong.jobs.models import QueuedJob
from dougong.plugin import Job
from dougong.unit_of_work import House, UnitOfWork
from dougong.unit_of_work.refusals import Clash

_EPOCH = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


def slot(job: Job, now: dt.datetime) -> str:
    """The key of the slot this moment is in; every worker on every machine says the same."""
    assert job.every is not None
    start = _EPOCH + (now - _EPOCH) // job.every * job.every
    return f"{job.name}@{start:%Y-%m-%dT%H:%M:%S}"


class Timetable:
    """Puts periodic jobs into the queue; remembers what it saw there, to ask the database rarely."""

    def __init__(self, house: House, jobs: Iterable[Job]) -> None:
        self.house = house
        self.jobs = [job for job in jobs if job.every]
        self._seen: dict[str, str] = {}

    def fill(self) -> int:
        """Queue what this moment asks for and nobody has queued yet; returns how many."""
        now = clock.now()
        due = {slot(job, now): job for job in self.jobs}
        due = {key: job for key, job in due.items() if self._seen.get(job.name) != key}
        if not due:
            return 0
        with self.house.engine.connect().execution_options(reading=True) as connection:
            there = set(
                connection.scalars(select(QueuedJob.key).where(QueuedJob.key.in_(list(due))))
            )
        actor = of_all_companies(self.house)
        queued = sum(self._queue(actor, key, job) for key, job in due.items() if key not in there)
        self._seen |= {job.name: key for key, job in due.items()}
        return queued

    def _queue(self, actor: Actor, key: str, job: Job) -> int:
        def queue(uow: UnitOfWork) -> None:
            queued = uow.enqueue(job.name, key=key)
            queued.company_id = None

        try:
            self.house.run(actor, queue)
        except Clash:  # another worker was first
            return 0
        return 1
