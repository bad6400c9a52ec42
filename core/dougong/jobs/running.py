"""One job is done: in one unit of work, or in several that report how far they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import update
from sqlalchemy.orm import Session

from dougong import clock
from dougong.actors import Actor
from dougong.errors import DougongError
from dougong.i18n import Text, _, speaking
from dougong.jobs.models import QueuedJob
from dougong.plugin import Job
from dougong.unit_of_work import House, UnitOfWork

T = TypeVar("T")


class Stopped(DougongError):
    """Somebody cancelled the job, or another worker has taken it over."""

    def __init__(self) -> None:
        super().__init__(_("The job was cancelled or is done by another worker."))


class Run:
    """What a long job is handed: units of work of its own, and a place to say how far it is.

    ``for part in parts: run.do(lambda uow: post(uow, part)); run.progress(40, _("Posting"))``.
    """

    def __init__(self, house: House, actor: Actor, id: int, worker: str) -> None:
        self.house, self.actor, self.id, self.worker = house, actor, id, worker

    def do(self, act: Callable[[UnitOfWork], T]) -> T:
        """One unit of work, whole or not at all; stops where the job was cancelled."""

        def acting(uow: UnitOfWork) -> T:
            self._hold(uow.session)
            return act(uow)

        return self.house.run(self.actor, acting)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads."""
        with self.house.read(self.actor) as session:
            yield session

    def progress(self, percent: int, note: Text | str = "") -> None:
        """Tell how far the work is, 0 to 100; raises `Stopped` when it was cancelled."""

        def acting(uow: UnitOfWork) -> None:
            self._hold(
                uow.session, progress=max(0, min(100, int(percent))), note=str(note)[:200] or None
            )

        self.house.run(self.actor, acting)

    def finish(self, uow: UnitOfWork) -> None:
        """Mark the job done in the transaction that did it."""
        self._hold(
            uow.session,
            state="done",
            progress=100,
            finished_at=clock.now(),
            leased_until=None,
            error=None,
        )

    def _hold(self, session: Session, **values: Any) -> None:
        """Change the job's row as long as it is still this worker's; else `Stopped`."""
        statement = (
            update(QueuedJob)
            .where(
                QueuedJob.id == self.id,
                QueuedJob.worker == self.worker,
                QueuedJob.state == "running",
            )
            .values(values or {"worker": self.worker})
        )
        if session.connection().execute(statement).rowcount != 1:
            raise Stopped


def perform(house: House, actor: Actor, job: Job, row: Any, worker: str) -> None:
    """Do what the row asks. A short job and the mark that it is done are saved together."""
    run = Run(house, actor, row.id, worker)

    def acting(uow: UnitOfWork) -> None:
        job.act(uow, **row.arguments)
        run.finish(uow)

    with speaking(actor.language):
        if job.long:
            job.act(run, **row.arguments)
            house.run(actor, run.finish)
        else:
            house.run(actor, acting)
