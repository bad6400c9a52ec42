"""What is waiting, running and dead."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong.jobs.models import QueuedJob


def jobs(session: Session, state: str = "", most: int = 100) -> Sequence[QueuedJob]:
    """The newest jobs, all or those in one state."""
    question = select(QueuedJob).order_by(QueuedJob.id.desc()).limit(most)
    if state:
        question = question.where(QueuedJob.state == state)
    return session.scalars(question).all()


def states(session: Session) -> dict[str, int]:
    """How many jobs are in each state."""
    counted = session.execute(select(QueuedJob.state, func.count()).group_by(QueuedJob.state))
    return dict(counted.all())
