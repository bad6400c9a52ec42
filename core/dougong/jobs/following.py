"""A worker that follows the house: when plugins come or go, it goes on with what there is now."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import DBAPIError

from dougong.errors import DougongError
from dougong.jobs.worker import Worker
from dougong.logger import structlog

log = structlog.get_logger()
#: Seconds between two looks when there was nothing to do.
IDLE = 1.0
#: Seconds between two signs of life.
HEARTBEAT = 15.0


class Follower:
    """Works for whatever house ``current`` gives; None while there is none.

    ``current`` returns the process's runtime; another object means that the house was rebuilt.
    """

    def __init__(self, current: Callable[[], Any | None]) -> None:
        self._current = current
        self._runtime: Any = None
        self._worker: Worker | None = None

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; what was begun is brought to its end."""
        beating = threading.Thread(target=self._beat, args=(stop,), daemon=True, name="heartbeat")
        beating.start()
        while not stop.is_set():
            if not self._step():
                stop.wait(IDLE)
        beating.join(timeout=1.0)

    def _step(self) -> int:
        """Do a little of what is due; a failure of the house itself only makes the worker wait."""
        try:
            runtime = self._current()
            if runtime is None:
                return 0
            if runtime is not self._runtime or self._worker is None:
                self._runtime, self._worker = runtime, Worker(runtime.house, runtime.wiring)
                log.info("worker started", worker=self._worker.name)
            return self._worker.step()
        except DBAPIError as error:
            log.warning("worker cannot reach the database", reason=str(error.orig))
        except DougongError as error:
            log.warning("worker waits", reason=str(error))
        except Exception:
            # A thread that ends here would leave all work undone until the next start.
            log.exception("worker stumbled")
        return 0

    def _beat(self, stop: threading.Event) -> None:
        while not stop.wait(HEARTBEAT):
            worker = self._worker
            if worker is None:
                continue
            try:
                worker.leases.beat()
            except DBAPIError as error:  # the next beat is early enough
                log.warning("heartbeat missed", reason=str(error.orig))


class EmbeddedWorker:
    """A worker in a thread beside the pages: a small house needs no second process."""

    def __init__(self, current: Callable[[], Any | None]) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=Follower(current).run, args=(self._stop,), daemon=True, name="worker"
        )

    def start(self) -> EmbeddedWorker:
        """Begin to work."""
        self._thread.start()
        return self

    def stop(self, timeout: float = 10.0) -> None:
        """End what was begun and stop; what takes longer is done by the next worker."""
        self._stop.set()
        self._thread.join(timeout)
