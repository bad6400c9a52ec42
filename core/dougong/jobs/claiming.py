"""Leases: many workers on many machines take work from one table, and none takes it twice.

A worker that dies stops its heartbeat; when the lease has run out, another takes the work again.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Engine, Row, and_, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

#: Work whose worker has not been heard of for so long is taken by another.
LEASE = dt.timedelta(seconds=60)
#: The longest wait between two tries.
LONGEST_WAIT = dt.timedelta(hours=1)


def claim(
    engine: Engine,
    model: type[Any],
    worker: str,
    now: dt.datetime,
    *,
    busy: str,
    only: tuple[InstrumentedAttribute[str], Collection[str]],
    most: int = 1,
    lease: dt.timedelta = LEASE,
) -> Sequence[Row[Any]]:
    """Take up to ``most`` rows that are due, or whose lease has run out, in one statement.

    ``busy`` is the state of rows being worked on; ``only`` is a column and the values this process
    knows: work of a plugin that is switched off waits until it is on again.
    """
    column, known = only
    due = or_(
        and_(model.state == "waiting", model.due_at <= now),
        and_(model.state == busy, model.leased_until < now),
    )
    next_rows = (
        select(model.id)
        .where(due, column.in_(list(known)))
        .order_by(model.due_at, model.id)
        .limit(most)
    )
    if engine.dialect.name == "postgresql":
        next_rows = next_rows.with_for_update(skip_locked=True)
    statement = (
        update(model)
        .where(model.id.in_(next_rows))
        .values(state=busy, worker=worker, leased_until=now + lease, tries=model.tries + 1)
        .returning(*model.__table__.columns)
    )
    with engine.begin() as connection:
        rows = connection.execute(statement).all()
    return sorted(rows, key=lambda row: row.id)


def beat(
    engine: Engine,
    model: type[Any],
    worker: str,
    now: dt.datetime,
    *,
    busy: str,
    lease: dt.timedelta = LEASE,
) -> int:
    """Say that the worker still lives; returns how many rows it holds."""
    statement = (
        update(model)
        .where(model.worker == worker, model.state == busy)
        .values(leased_until=now + lease)
    )
    with engine.begin() as connection:
        return connection.execute(statement).rowcount


def wait_after(tries: int) -> dt.timedelta:
    """How long to wait after so many tries: twice as long each time, and never quite the same."""
    seconds = min(5 * 2 ** (tries - 1), LONGEST_WAIT.total_seconds())
    return dt.timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311
