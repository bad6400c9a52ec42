"""Whether the process lives, and whether it may be sent people."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from dougong.errors import DougongError
from dougong.i18n import Text, _

#: Below this nobody is sent here: a full disk refuses every commit.
LEAST_FREE = 100 * 1024 * 1024


@dataclass(frozen=True)
class Health:
    """What was looked at: nothing, or a sentence, by what it is about."""

    problems: Mapping[str, Text | str]
    #: Plugins that should run and do not. The house is open without them.
    failed: tuple[str, ...] = ()
    #: Parts of plugins that were left out, by plugin; the rest of each runs.
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether people may be sent here."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """For the machine that asks."""
        looked_at = ("database", "migrations", "disk")
        return {
            "ready": self.ready,
            "checks": {name: str(self.problems.get(name, "")) or "ok" for name in looked_at},
            "failed_plugins": list(self.failed),
            "left_out": {name: len(parts) for name, parts in self.left_out.items()},
        }


def look(runtime: Any) -> Health:
    """Look at database, migrations and disk; none of it waits for long."""
    problems: dict[str, Text | str] = {}
    if sentence := database_problem(runtime.house.engine):
        problems["database"] = sentence
    elif sentence := migration_problem(runtime):
        problems["migrations"] = sentence
    if sentence := disk_problem(data_folder(runtime.house.engine)):
        problems["disk"] = sentence
    nouns = getattr(runtime, "nouns", None)
    left_out = nouns.left_out() if nouns is not None else {}
    return Health(
        problems,
        tuple(sorted(runtime.failed)),
        {name: tuple(map(str, sentences)) for name, sentences in left_out.items()},
    )


def database_problem(engine: Engine) -> Text | str:
    """Why the database does not answer; nothing when it does."""
    try:
        with engine.connect().execution_options(reading=True) as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError:
        return _("The database does not answer.")
    return ""


def migration_problem(runtime: Any) -> Text | str:
    """Which packages the database does not fit; nothing when it fits all that run."""
    from dougong.plugins.states import misfit, read_snapshot

    try:
        revisions = read_snapshot(runtime.house.engine).revisions
    except DougongError as error:
        return error.sentence
    found = [misfit(None, revisions.get("core", ""))]
    found += [
        misfit(manifest, revisions.get(name, "")) for name, manifest in runtime.loaded.items()
    ]
    return next((sentence for sentence in found if sentence), "")


def disk_problem(folder: Path) -> Text | str:
    """How little room is left; nothing when it is enough."""
    free = shutil.disk_usage(folder).free
    if free >= LEAST_FREE:
        return ""
    return _("Only %(free)s MB are free on the disk.", free=free // (1024 * 1024))


def data_folder(engine: Engine) -> Path:
    """Where this machine's part of the data grows: the database file's folder, or the working one."""
    name = engine.url.database
    if engine.dialect.name == "sqlite" and name and name != ":memory:":
        return Path(name).resolve().parent
    return Path.cwd()
