"""The application that follows the house: lifecycle commands take effect without a lost request."""

from __future__ import annotations

import atexit
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from dougong.db import make_engine
from dougong.errors import NotReady
from dougong.i18n import Text, _
from dougong.logger import structlog
from dougong.memory import begin, settle
from dougong.plugins.models import Registry
from dougong.plugins.registry import Runtime
from dougong.plugins.states import unreachable
from dougong.web.heartbeat import Heartbeat

log = structlog.get_logger()

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

#: Seconds between two looks at the registry.
LOOK = 1.0


def end_this_process() -> None:
    """Ask whoever runs this process to let it finish its requests and start a fresh one."""
    os.kill(os.getpid(), signal.SIGTERM)


class LiveApp:
    """A WSGI application that builds itself anew when the generation in the database has risen.

    One thread rebuilds, the others go on serving the application that stands. When tables changed
    under its feet (``restart_generation``) the process ends, since imported code cannot be unloaded.
    While the house is not ready, everything is answered with 503 and the sentence why.
    """

    def __init__(
        self,
        url: str,
        config: dict[str, Any] | None = None,
        *,
        look: float = LOOK,
        recycle: Callable[[], None] = end_this_process,
        strict: bool = False,
    ) -> None:
        self.url, self.config, self.look, self.recycle = url, dict(config or {}), look, recycle
        self.engine: Engine = make_engine(url)
        self.app: Wsgi | None = None
        self.runtime: Runtime | None = None
        self.not_ready: Text | str = ""
        self.heartbeat: Heartbeat | None = None
        self._lock = threading.Lock()
        self._looked = 0.0
        self._recycling = False
        self._build(strict=strict)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request with the application that stands now."""
        if time.monotonic() - self._looked >= self.look:
            self._look_again()
        if self.app is None:
            return _unavailable(self.not_ready, start_response)
        return self.app(environ, start_response)

    def close(self) -> None:
        """Say goodbye and let go of the database."""
        if self.heartbeat is not None:
            self.heartbeat.stop()
        self.engine.dispose()

    def _look_again(self) -> None:
        """Compare the registry with what is running here; only one thread at a time does."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            self._looked = time.monotonic()
            if self.runtime is None:
                self._build()
                return
            generation, restart = self._read_registry()
            if restart > self.runtime.restart_generation:
                self._end()
            elif generation != self.runtime.generation:
                self._build()
        except DBAPIError as error:
            # The application answers by itself when the database is away.
            log.warning("registry not read", error=str(unreachable(error)))
        finally:
            self._lock.release()

    def _read_registry(self) -> tuple[int, int]:
        question = select(Registry.generation, Registry.restart_generation)
        with self.engine.connect().execution_options(reading=True) as connection:
            row = connection.execute(question).one()
            return row.generation, row.restart_generation

    def _build(self, *, strict: bool = False) -> None:
        """Build the application; on a failure the one that stands goes on, if there is one."""
        from dougong.web.app import create_app

        try:
            runtime = Runtime(self.url, self.config, engine=self.engine, strict=strict)
            app = create_app(runtime, self.config)
        except NotReady as error:
            self.runtime, self.app, self.not_ready = None, None, error.sentence
            return
        except DBAPIError:
            raise
        except Exception:
            # Whatever is wrong with the new house, people go on with the one that stands.
            if strict or self.app is None:
                raise
            log.exception("application not rebuilt")
            return
        self.runtime, self.app = runtime, app
        settle()
        self._looked = time.monotonic()
        if self.heartbeat is None:
            self.heartbeat = Heartbeat(self.engine, "web", look=self._look_again)
        self.heartbeat.tell(runtime)

    def _end(self) -> None:
        if not self._recycling:
            self._recycling = True
            log.info("tables have changed; this process ends")
            if self.heartbeat is not None:
                self.heartbeat.stop()
            self.recycle()


def _unavailable(sentence: Text | str, start_response: Callable[..., Any]) -> list[bytes]:
    body = str(sentence or _("The house cannot answer now.")).encode()
    start_response(
        "503 Service Unavailable",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Retry-After", "5"),
        ],
    )
    return [body]


def wsgi() -> LiveApp:
    """The application of this site, for gunicorn: ``gunicorn -k gthread "dougong.web.live:wsgi()"``."""
    from dougong.operations.logs import configure
    from dougong.site import find_site

    begin()
    site = find_site()
    site.require_secrets()
    configure()
    app = LiveApp(site.url, site.config)
    atexit.register(app.close)  # a process that has ended is in nobody's way
    return app
