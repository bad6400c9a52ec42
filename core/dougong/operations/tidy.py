"""Sweep out what nobody needs any more: work that is done, letters that were sent, old answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import delete

from dougong.i18n import _
from dougong.idempotency.models import GivenAnswer
from dougong.jobs.models import QueuedJob
from dougong.outbox.models import OutboxMessage
from dougong.plugin import Job
from dougong.printing.printouts.models import KEPT, Printout
from dougong.problems.models import Problem
from dougong.problems.room import DAYS
from dougong.resources.models import ImportRun
from dougong.unit_of_work import UnitOfWork

#: How long work that is done stays to be looked at.
DONE = dt.timedelta(days=30)
#: How long an answer is kept for whoever sends the same request again.
ANSWERS = dt.timedelta(days=14)
#: How long an import can be taken back.
IMPORTS = dt.timedelta(days=90)


def tidy(uow: UnitOfWork) -> None:
    """Delete what is older than its time; dead work stays until somebody has looked at it."""
    connection = uow.session.connection()
    for old in (
        _older(QueuedJob.finished_at, uow.now - DONE).where(
            QueuedJob.state.in_(("done", "cancelled"))
        ),
        _older(OutboxMessage.written_at, uow.now - DONE).where(
            OutboxMessage.state.in_(("sent", "cancelled"))
        ),
        _older(ImportRun.ran_at, uow.now - IMPORTS),
        _older(GivenAnswer.created_at, uow.now - ANSWERS),
        _older(Printout.asked_at, uow.now - KEPT),
        _older(Problem.last_at, uow.now - dt.timedelta(days=max(1, int(uow.setting(DAYS))))),
    ):
        connection.execute(old)


def _older(column: Any, than: dt.datetime) -> Any:
    return delete(column.class_).where(column < than)


TIDY = Job("core.tidy", tidy, _("Sweep out what is done"), every=dt.timedelta(days=1))
