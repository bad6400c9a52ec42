"""A process says that it lives, and which generation of the house it serves."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, delete, insert, update
from sqlalchemy.exc import DBAPIError

from dougong import clock
from dougong.logger import structlog
from dougong.plugins.drain import forget_silent_workers
from dougong.plugins.models import Worker
from dougong.problems.modules import write_down_modules

if TYPE_CHECKING:
    from dougong.plugins.registry import Runtime

log = structlog.get_logger()

#: Seconds between two signs of life; a fifth of the silence after which a worker counts as gone.
EVERY = 3.0


class Heartbeat:
    """Writes this process into the list of workers, again and again, until it is stopped."""

    def __init__(
        self,
        engine: Engine,
        kind: str,
        every: float = EVERY,
        look: Callable[[], None] = lambda: None,
    ) -> None:
        self.engine, self.kind, self.every = engine, kind, every
        #: Called with each sign of life, so that a process nobody asks anything hears of changes.
        self.look = look
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"[:80]
        self._said: dict[str, Any] = {}
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def tell(self, runtime: Runtime) -> None:
        """This is what the process serves from now on."""
        self._said = {
            "generation": runtime.generation,
            "restart_generation": runtime.restart_generation,
            "failed": {name: str(sentence) for name, sentence in runtime.failed.items()},
        }
        self._write()
        write_down_modules(runtime)
        if self._thread is None:
            self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """The process serves nobody any more."""
        self._stopped.set()
        try:
            with self.engine.begin() as connection:
                connection.execute(delete(Worker).where(Worker.name == self.name))
        except DBAPIError as error:
            log.warning("worker not signed off", error=str(error.orig))

    def _beat(self) -> None:
        while not self._stopped.wait(self.every):
            self.look()
            if not self._stopped.is_set():
                self._write()

    def _write(self) -> None:
        now = clock.now()
        try:
            with self.engine.begin() as connection:
                known = connection.execute(
                    update(Worker).where(Worker.name == self.name).values(seen_at=now, **self._said)
                )
                if not known.rowcount:
                    connection.execute(
                        insert(Worker).values(
                            name=self.name,
                            kind=self.kind,
                            started_at=now,
                            seen_at=now,
                            **self._said,
                        )
                    )
            forget_silent_workers(self.engine)
        except DBAPIError as error:
            log.warning("no sign of life written", error=str(error.orig))
