"""Leases: many workers on many machines take work from one table, and none takes it twice.

A worker that dies stops its heartbeat; when the lease has run out, another takes the work again.
"""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from dougong import clock

#: Work whose worker has not been heard of for so long is taken by another.
LEASE = dt.timedelta(seconds=60)
#: The longest wait between two tries.
LONGEST_WAIT = dt.timedelta(hours=1)


class Leases:
    """What one worker has in its hands, of any table with the columns of a job."""

    def __init__(self, engine: Engine, worker: str, lease: dt.timedelta = LEASE) -> None:
        self.engine, self.worker, self.lease = engine, worker, lease
        self._held: dict[tuple[type[Any], str], set[int]] = defaultdict(set)
        self._lock = threading.Lock()

    def take(
        self,
        model: type[Any],
        busy: str,
        column: InstrumentedAttribute[str],
        known: Collection[str],
        most: int = 1,
    ) -> Sequence[Any]:
        """Up to ``most`` rows that are due or whose lease has run out; in the state ``busy`` now.

        Only rows whose ``column`` is known here: work of a plugin that is switched off waits.
        """
        now = clock.now()
        wanted = and_(_due(model, busy, now), column.in_(list(known)))
        if not self._any(model, wanted):  # a look costs no lock, a claim does
            return []
        due = select(model.id).where(wanted).order_by(model.due_at, model.id).limit(most)
        if self.engine.dialect.name == "postgresql":
            due = due.with_for_update(skip_locked=True)
        next_rows = due.cte("due")
        statement = (
            update(model)
            .where(model.id.in_(select(next_rows.c.id)))
            .values(
                state=busy,
                worker=self.worker,
                leased_until=now + self.lease,
                tries=model.tries + 1,
            )
            .returning(*model.__table__.columns)
        )
        with self.engine.begin() as connection:
            rows = connection.execute(statement).all()
        with self._lock:
            self._held[model, busy] |= {row.id for row in rows}
        return sorted(rows, key=lambda row: row.id)

    def let_go(self, model: type[Any], busy: str, rows: Iterable[Any]) -> None:
        """The worker is done with these rows, whatever came of it."""
        with self._lock:
            self._held[model, busy] -= {row.id for row in rows}

    def beat(self) -> None:
        """Say that the worker still lives and works on what it holds."""
        with self._lock:
            held = {place: list(ids) for place, ids in self._held.items() if ids}
        for (model, busy), ids in held.items():
            statement = (
                update(model)
                .where(model.id.in_(ids), model.worker == self.worker, model.state == busy)
                .values(leased_until=clock.now() + self.lease)
            )
            with self.engine.begin() as connection:
                connection.execute(statement)

    def _any(self, model: type[Any], wanted: ColumnElement[bool]) -> bool:
        with self.engine.connect().execution_options(reading=True) as connection:
            return connection.scalar(select(model.id).where(wanted).limit(1)) is not None


def _due(model: type[Any], busy: str, now: dt.datetime) -> ColumnElement[bool]:
    return or_(
        and_(model.state == "waiting", model.due_at <= now),
        and_(model.state == busy, model.leased_until < now),
    )


def wait_after(tries: int) -> dt.timedelta:
    """How long to wait after so many tries: twice as long each time, and never quite the same."""
    seconds = min(5 * 2 ** (tries - 1), LONGEST_WAIT.total_seconds())
    return dt.timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311
