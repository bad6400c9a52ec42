"""Before tables change under their feet, processes of an older generation must have ended."""

from __future__ import annotations

import datetime as dt
import time

from sqlalchemy import Engine, delete, func, select

from dougong import clock
from dougong.plugins.models import Registry, Worker

#: A worker that has not been heard of for so long is gone.
SILENCE = dt.timedelta(seconds=15)
#: Nobody waits longer than this for a worker.
PATIENCE = 30.0


def wait_for_workers(engine: Engine, patience: float = PATIENCE) -> int:
    """Wait until every living worker has seen the restart; says how many did not in time."""
    deadline = time.monotonic() + patience
    while True:
        left = _older_workers(engine)
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.25)


def wait_for_followers(engine: Engine, patience: float = PATIENCE) -> tuple[int, int]:
    """Wait until every living worker serves the house as it is now: how many do, how many do not."""
    deadline = time.monotonic() + patience
    while True:
        follow, lag = _following(engine)
        if not lag or time.monotonic() > deadline:
            return follow, lag
        time.sleep(0.1)


def forget_silent_workers(engine: Engine) -> None:
    """Take those out of the list that ended without saying so."""
    with engine.begin() as connection:
        connection.execute(delete(Worker).where(Worker.seen_at < clock.now() - SILENCE * 20))


def _older_workers(engine: Engine) -> int:
    with engine.connect().execution_options(reading=True) as connection:
        return (
            connection.scalar(
                select(func.count())
                .select_from(Worker)
                .join(Registry, Registry.restart_generation > Worker.restart_generation)
                .where(Worker.seen_at > clock.now() - SILENCE)
            )
            or 0
        )


def _following(engine: Engine) -> tuple[int, int]:
    question = (
        select(Worker.generation == Registry.generation)
        .join_from(Worker, Registry, Registry.id == 1)
        .where(Worker.kind == "web", Worker.seen_at > clock.now() - SILENCE)
    )
    with engine.connect().execution_options(reading=True) as connection:
        rows = connection.scalars(question).all()
    return sum(map(bool, rows)), len(rows) - sum(map(bool, rows))
