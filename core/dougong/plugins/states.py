"""How each plugin stands: what the database says, beside what is on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from dougong.errors import NotReady
from dougong.i18n import Text, _
from dougong.migrations.heads import head_of, known_revisions
from dougong.plugins.discovery import Discovery
from dougong.plugins.manifest import Manifest
from dougong.plugins.models import PluginState, Registry

State = Literal["available", "installed", "enabled", "missing", "pending", "failed"]


@dataclass(frozen=True)
class Standing:
    """One plugin as an administrator sees it."""

    name: str
    state: State
    label: str = ""
    version: str = ""
    installed_version: str = ""
    requires: tuple[str, ...] = ()
    why: Text | str = ""
    #: What of it was left out although it runs, a sentence each.
    left_out: tuple[Text | str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "name": self.name,
            "state": self.state,
            "label": self.label,
            "version": self.version,
            "installed_version": self.installed_version,
            "requires": list(self.requires),
            "why": str(self.why),
            "left_out": [str(sentence) for sentence in self.left_out],
        }


@dataclass(frozen=True)
class Snapshot:
    """What the database says, read at once."""

    generation: int
    restart_generation: int
    rows: Mapping[str, tuple[str, str]]  # name → (version, status)
    revisions: Mapping[str, str]

    @property
    def enabled(self) -> set[str]:
        """The plugins that are switched on."""
        return {name for name, (_version, status) in self.rows.items() if status == "enabled"}


def read_snapshot(engine: Engine) -> Snapshot:
    """Read the registry; raises `NotReady` when there is no house in this database, or no database."""
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database or "")
        if engine.url.database not in (None, "", ":memory:") and not path.is_file():
            raise NotReady(
                _("There is no database at %(place)s yet: run `dougong init`.", place=path)
            )
    try:
        with engine.connect().execution_options(reading=True) as connection:
            if not inspect(connection).has_table("core_registry"):
                raise NotReady(_("This database has no house in it yet: run `dougong init`."))
            return _read(connection)
    except DBAPIError as error:
        raise unreachable(error) from error


def unreachable(error: DBAPIError) -> NotReady:
    """The database does not answer; the first line of what it said, without the address."""
    said = str(error.orig).strip().splitlines()
    if isinstance(error, ProgrammingError) or (said and said[0].startswith("no such ")):
        return NotReady(
            _(
                "The tables in the database are not what the models say: %(error)s. See"
                " `dougong plugin doctor`.",
                error=said[0].rstrip(".") if said else error,
            )
        )
    return NotReady(
        _(
            "The database cannot be reached: %(error)s.",
            error=said[0].rstrip(".") if said else error,
        )
    )


def _read(connection: Connection) -> Snapshot:
    registry = Registry.__table__
    states = PluginState.__table__
    row = connection.execute(select(registry.c.generation, registry.c.restart_generation)).first()
    rows = connection.execute(select(states.c.name, states.c.version, states.c.status))
    return Snapshot(
        row.generation if row else 0,
        row.restart_generation if row else 0,
        {r.name: (r.version, r.status) for r in rows},
        revisions_in(connection),
    )


def revisions_in(connection: Connection) -> dict[str, str]:
    """The revision of every plugin that has ever been in this database."""
    prefix = "alembic_version_"
    tables = [t for t in inspect(connection).get_table_names() if t.startswith(prefix)]
    parts = [
        f"SELECT '{t.removeprefix(prefix)}' AS plugin, version_num FROM \"{t}\""
        for t in sorted(tables)
    ]
    if not parts:
        return {}
    return {
        row.plugin: row.version_num for row in connection.execute(text(" UNION ALL ".join(parts)))
    }


def misfit(manifest: Manifest | None, revision: str) -> Text | str:
    """Why a package and its tables do not fit each other; empty when they do."""
    name = manifest.name if manifest else "core"
    last = head_of(manifest)
    if revision == last:
        return ""
    folder = (
        manifest.migrations
        if manifest
        else Path(__file__).parent.parent / "migrations" / "versions"
    )
    if revision and (folder is None or revision not in known_revisions(folder)):
        return _(
            "The database is newer than the package: %(name)s is at %(revision)s, which this version does not"
            " know. Install the newer package, or restore a backup.",
            name=name,
            revision=revision,
        )
    command = f"dougong plugin upgrade {name}" if manifest else "dougong migrations upgrade"
    return _(
        "%(name)s has a migration that was not run yet (%(revision)s): run `%(command)s`.",
        name=name,
        revision=last,
        command=command,
    )


def standings(
    found: Discovery,
    snapshot: Snapshot,
    failed: Mapping[str, Text | str],
    left_out: Mapping[str, Iterable[Text | str]],
) -> list[Standing]:
    """Every plugin that is here or was here, with its state, the reason for it and what it lacks."""
    names = sorted({*found.manifests, *found.problems, *snapshot.rows})
    told = [_standing(name, found, snapshot, failed) for name in names]
    return [replace(one, left_out=tuple(left_out.get(one.name, ()))) for one in told]


def _standing(
    name: str, found: Discovery, snapshot: Snapshot, failed: Mapping[str, Text | str]
) -> Standing:
    manifest = found.manifests.get(name)
    version, status = snapshot.rows.get(name, ("", "available"))
    state: Any = status
    why: Text | str = ""
    if manifest is None:
        # Installed once, and its package is gone; or a package nobody can use.
        state, why = ("missing" if version else "failed"), found.missing(name)
        return Standing(name, state, installed_version=version, why=why)
    if version and (sentence := misfit(manifest, snapshot.revisions.get(name, ""))):
        state, why = "pending", sentence
    elif version and version != manifest.version:
        state, why = (
            "pending",
            _(
                "Version %(new)s is on this machine, %(old)s in the database:"
                " run `dougong plugin upgrade %(name)s`.",
                new=manifest.version,
                old=version,
                name=name,
            ),
        )
    elif status == "enabled" and name in failed:
        state, why = "failed", failed[name]
    return Standing(name, state, manifest.label, manifest.version, version, manifest.needs, why)
