"""A process that only works: it follows the house and ends when it is told to."""

from __future__ import annotations

import signal
import threading
import time

from sqlalchemy.exc import DBAPIError

from dougong.errors import DougongError
from dougong.jobs.following import Follower
from dougong.logger import structlog
from dougong.memory import settle
from dougong.operations.logs import configure
from dougong.plugins.registry import Runtime
from dougong.plugins.states import read_snapshot
from dougong.site import Site, find_site
from dougong.web.heartbeat import Heartbeat

log = structlog.get_logger()
#: Seconds between two looks at the registry.
LOOK = 1.0


class Following:
    """The runtime of this process, built anew when plugins came or went."""

    def __init__(self, site: Site, stop: threading.Event) -> None:
        self.site, self.stop = site, stop
        self.runtime: Runtime | None = None
        self.heartbeat: Heartbeat | None = None
        self._looked = 0.0

    def current(self) -> Runtime | None:
        """The runtime as the registry wants it now; None while there is no house."""
        if self.runtime is not None and time.monotonic() - self._looked < LOOK:
            return self.runtime
        self._looked = time.monotonic()
        if self.runtime is None:
            return self._build()
        snapshot = read_snapshot(self.runtime.engine)
        if snapshot.restart_generation > self.runtime.restart_generation:
            # Imported code cannot be unloaded: whoever keeps this process starts a fresh one.
            log.info("tables have changed; this worker ends")
            self.stop.set()
        elif snapshot.generation != self.runtime.generation:
            return self._build()
        return self.runtime

    def close(self) -> None:
        """Say goodbye and let go of the database."""
        if self.heartbeat is not None:
            self.heartbeat.stop()
        if self.runtime is not None:
            self.runtime.close()

    def _build(self) -> Runtime:
        engine = self.runtime.engine if self.runtime is not None else None
        self.runtime = Runtime(self.site.url, self.site.config, engine=engine)
        if self.heartbeat is None:
            self.heartbeat = Heartbeat(self.runtime.engine, "jobs", look=lambda: None)
        self.heartbeat.tell(self.runtime)
        settle()
        return self.runtime


def work_until_told() -> None:
    """Work until SIGTERM or SIGINT; a job that runs then is ended first."""
    configure()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    following = Following(find_site(), stop)
    try:
        Follower(following.current).run(stop)
    finally:
        try:
            following.close()
        except (DBAPIError, DougongError) as error:
            log.warning("goodbye was not heard", reason=str(error))
