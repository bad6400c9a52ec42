"""The one who does what was put off: letters of the outbox and jobs, in any number of processes."""

from __future__ import annotations

import os
import secrets
import socket

from dougong.jobs.acting import acting
from dougong.jobs.claiming import Leases
from dougong.jobs.failing import failed
from dougong.jobs.models import QueuedJob
from dougong.jobs.periodic import Timetable
from dougong.jobs.running import Stopped, perform
from dougong.logger import structlog
from dougong.outbox.sending import send_due
from dougong.problems.recording import record_error
from dougong.unit_of_work import House
from dougong.web.translations import learn_all
from dougong.wiring import Wiring

log = structlog.get_logger()


class WorkerVanished(Exception):
    """The process that did the work was not heard of again."""


class Worker:
    """Takes work by lease and does it, one piece after the other."""

    def __init__(self, house: House, wiring: Wiring) -> None:
        self.house, self.wiring = house, wiring
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.leases = Leases(house.engine, self.name)
        self._timetable = Timetable(house, wiring.jobs.values())
        # Letters are written in their readers' languages, whichever this process was started in.
        learn_all(wiring.plugins.values())

    def work(self) -> int:
        """Do everything that is due now; returns how many pieces were done or have failed."""
        self._timetable.fill()
        pieces = 0
        while done := send_due(self.house, self.leases) + self._one_job():
            pieces += done
        return pieces

    def step(self) -> int:
        """Do a little of what is due: a batch of letters and one job."""
        self._timetable.fill()
        return send_due(self.house, self.leases) + self._one_job()

    def _one_job(self) -> int:
        jobs = self.wiring.jobs
        if not jobs:
            return 0
        rows = self.leases.take(QueuedJob, "running", QueuedJob.name, jobs)
        for row in rows:
            self._perform(row)
        return len(rows)

    def _perform(self, row: QueuedJob) -> None:
        job = self.wiring.jobs[row.name]
        try:
            if row.tries > job.tries:
                raise WorkerVanished(f"{row.tries - 1} workers began this job and never ended it")
            actor = acting(self.house, row.user_id, row.company_id, f"job:{row.id}")
            perform(self.house, actor, job, row, self.name)
        except Stopped:
            log.info("job stopped", job=row.name, id=row.id)
        except (Exception, SystemExit) as error:
            held = self.house.engine, QueuedJob, row, self.name, "running", job.tries
            if failed(*held, error):
                record_error(self.house, error, "job", row.name, job_id=row.id)
        finally:
            self.leases.let_go(QueuedJob, "running", [row])
