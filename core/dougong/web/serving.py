"""One process that listens and serves; a small parent keeps the door open while it is replaced."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from dougong.errors import Refused
from dougong.i18n import _
from dougong.logger import structlog

log = structlog.get_logger()

#: The exit code by which a serving process asks to be replaced by a fresh one.
AGAIN = 75
#: Seconds that requests have to end in when the process stops.
STOP = 10.0


def serve(
    host: str,
    port: int,
    threads: int,
    *,
    strict: bool = False,
    ready: Callable[[int], None] = lambda port: None,
) -> None:
    """Listen, and serve until a signal comes. Connections wait while a process is replaced.

    ``ready`` is told the port once nothing stands against it any more.
    """
    from dougong.commands.common import open_runtime
    from dougong.site import find_site

    find_site().require_secrets()
    open_runtime(strict=strict).close()
    door = _open_door(host, port)
    ready(door.getsockname()[1])
    if not hasattr(os, "fork"):
        _serve_on(door, threads, strict=strict)
        return
    door.set_inheritable(True)
    command = [sys.executable, "-c", _CHILD, str(door.fileno()), str(threads), str(int(strict))]
    ending = False
    child: subprocess.Popen[bytes] | None = None

    def end(_signal: int, _frame: FrameType | None) -> None:
        nonlocal ending
        ending = True
        if child is not None:
            child.terminate()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    code = AGAIN
    while code == AGAIN and not ending:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        child = subprocess.Popen(command, pass_fds=[door.fileno()], env=environment)
        code = child.wait()
    if code and not ending:
        raise Refused(_("The serving process ended with code %(code)s.", code=code))


_CHILD = """
import socket, sys
from dougong.web.serving import serve_again
serve_again(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), strict=sys.argv[3] == "1")
"""


def serve_again(door: socket.socket, threads: int, *, strict: bool) -> None:
    """Serve as the child of the parent that keeps the door; ends with `AGAIN` to be replaced."""
    if _serve_on(door, threads, strict=strict):
        raise SystemExit(AGAIN)


def _open_door(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        raise Refused(
            _(
                "Nothing can listen at %(host)s:%(port)s: %(error)s.",
                host=host,
                port=port,
                error=error.strerror,
            )
        ) from error
    door.listen(128)
    return door


def _serve_on(door: socket.socket, threads: int, *, strict: bool) -> bool:
    """Serve until told to end; says whether it was for a fresh process to take over."""
    import waitress  # type: ignore[import-untyped]

    from dougong.jobs.following import EmbeddedWorker
    from dougong.operations.logs import configure
    from dougong.site import find_site
    from dougong.web.live import LiveApp

    site = find_site()
    ending = threading.Event()
    again = threading.Event()

    def recycle() -> None:
        again.set()
        ending.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: ending.set())
    configure()
    app = LiveApp(site.url, site.config, strict=strict, recycle=recycle)
    worker = EmbeddedWorker(lambda: app.runtime).start()
    server = waitress.create_server(
        app,
        sockets=[door],
        threads=threads,
        ident=None,
        clear_untrusted_proxy_headers=not site.config["PROXIES"],
    )
    try:
        while not ending.is_set():
            server.asyncore.loop(timeout=0.25, map=server._map, count=1)
        _finish(server)
    finally:
        worker.stop()
        app.close()
    return again.is_set()


def _finish(server: Any) -> None:
    """Take no new connection; answer what was asked, within the time a stop may take."""
    server.del_channel()
    server.socket.close()
    deadline = time.monotonic() + STOP
    while time.monotonic() < deadline and any(
        channel.requests or channel.total_outbufs_len for channel in server.active_channels.values()
    ):
        server.asyncore.loop(timeout=0.1, map=server._map, count=1)
    server.task_dispatcher.shutdown()
