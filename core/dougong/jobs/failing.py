"""What becomes of work that failed: tried again later, or laid aside where people see it."""

from __future__ import annotations

import traceback
from typing import Any

from sqlalchemy import Engine, update

from dougong import clock
from dougong.errors import DougongError
from dougong.jobs.claiming import wait_after
from dougong.logger import structlog

log = structlog.get_logger()
LONGEST_ERROR = 4000


def failed(
    engine: Engine,
    model: type[Any],
    row: Any,
    worker: str,
    busy: str,
    tries: int,
    error: BaseException,
) -> bool:
    """Note the failure of a row this worker holds; returns whether it is dead now."""
    dead: bool = row.tries >= tries
    values: dict[str, Any] = {"leased_until": None, "error": reason(error)}
    if dead:
        values["state"] = "dead"
        if hasattr(model, "finished_at"):
            values["finished_at"] = clock.now()
    else:
        values |= {"state": "waiting", "due_at": clock.now() + wait_after(row.tries)}
    statement = (
        update(model)
        .where(model.id == row.id, model.worker == worker, model.state == busy)
        .values(**values)
    )
    with engine.begin() as connection:
        connection.execute(statement)
    log.warning(
        "work failed",
        kind=model.__tablename__,
        id=row.id,
        tries=row.tries,
        dead=dead,
        reason=str(error),
    )
    return dead


def reason(error: BaseException) -> str:
    """What is kept about a failure: a sentence where there is one, else where it happened."""
    if isinstance(error, DougongError):
        return str(error)
    told = "".join(traceback.format_exception(error))
    return told[-LONGEST_ERROR:]
