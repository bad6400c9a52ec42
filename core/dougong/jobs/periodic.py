"""Work that is done again and again: put into the queue once a slot, by whoever comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

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


def places(job: Job, actor: Actor) -> Sequence[int | None]:
    """Where a job is done that nobody asked for in a company: in each by itself, or once for all."""
    return sorted(actor.companies) if job.each_company else (None,)


class Timetable:
    """Puts periodic jobs into the queue; remembers what it saw there, to ask the database rarely."""

    def __init__(self, house: House, jobs: Iterable[Job]) -> None:
        self.house = house
        self.jobs = [job for job in jobs if job.every]
        self._seen: dict[str, str] = {}

    def fill(self) -> int:
        """Queue what this moment asks for and nobody has queued yet; returns how many."""
        now = clock.now()
        slots = {slot(job, now): job for job in self.jobs}
        slots = {key: job for key, job in slots.items() if self._seen.get(job.name) != key}
        if not slots:
            return 0
        actor = of_all_companies(self.house)
        due = {
            key if company is None else f"{key}#{company}": (job, company)
            for key, job in slots.items()
            for company in places(job, actor)
        }
        with self.house.engine.connect().execution_options(reading=True) as connection:
            there = set(
                connection.scalars(select(QueuedJob.key).where(QueuedJob.key.in_(list(due))))
            )
        queued = sum(
            self._queue(actor, key, job, company)
            for key, (job, company) in due.items()
            if key not in there
        )
        self._seen |= {job.name: key for key, job in slots.items()}
        return queued

    def _queue(self, actor: Actor, key: str, job: Job, company: int | None) -> int:
        def queue(uow: UnitOfWork) -> None:
            uow.enqueue(job.name, key=key).company_id = company

        try:
            self.house.run(actor, queue)
        except Clash:  # another worker was first
            return 0
        return 1
