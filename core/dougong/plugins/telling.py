"""What there is to tell of a plugin: its rights, what an update adds, what is wrong with the house."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Engine, select, text

from dougong import clock
from dougong.i18n import _
from dougong.plugins.building import Assembly
from dougong.plugins.discovery import Discovery
from dougong.plugins.drain import SILENCE
from dougong.plugins.drift import drift
from dougong.plugins.manifest import Manifest
from dougong.plugins.models import PluginState, Registry, Worker
from dougong.plugins.states import Standing
from dougong.resources.nouns import VERBS

#: What an update may add that an administrator should know of.
KINDS = ("rights", "capabilities", "tables", "views", "jobs", "reactions", "extends")


def brings(built: Assembly, manifest: Manifest) -> dict[str, list[str]]:
    """What a plugin takes and does in the house; kept at install, so that an update can be compared."""
    wiring, name = built.wiring, manifest.name
    rights = {*manifest.permissions, *wiring.owned("permissions", name)}
    for key in wiring.owned("workflows", name):
        rights |= {step.needs for step in wiring.workflows[key].steps}
    for resource in wiring.resources:
        said = getattr(resource, "rights", None)
        if said is not None and wiring.owners.get(("resources", resource.name)) == name:
            verbs = VERBS[:1] if said.only_read else VERBS
            rights |= {f"{said.name}.{verb}" for verb in verbs}
    return {
        "rights": sorted(rights),
        "capabilities": sorted(manifest.capabilities),
        "tables": sorted(model.__tablename__ for model in wiring.owned("models", name)),
        "views": wiring.owned("views", name),
        "jobs": wiring.owned("jobs", name),
        "reactions": wiring.owned("reactions", name),
        "extends": sorted(
            f"{t.target.__name__}" for t in wiring.side_tables if t.side.__plugin__ == name
        ),
    }


def difference(
    before: Mapping[str, Iterable[str]], after: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, list[str]]]:
    """What is added and what is gone, by kind; kinds in which nothing changes are left out."""
    found = {}
    for kind in KINDS:
        old, new = set(before.get(kind, ())), set(after.get(kind, ()))
        if old != new:
            found[kind] = {"added": sorted(new - old), "gone": sorted(old - new)}
    return found


def brought(engine: Engine, name: str) -> dict[str, list[str]]:
    """What a plugin brought when it was installed or last upgraded."""
    with engine.connect().execution_options(reading=True) as connection:
        question = select(PluginState.brings).where(PluginState.name == name)
        return dict(connection.scalar(question) or {})


def workers(engine: Engine) -> list[dict[str, Any]]:
    """The processes that serve the house, as they last said themselves."""
    with engine.connect().execution_options(reading=True) as connection:
        now = clock.now()
        current = connection.scalar(select(Registry.generation)) or 0
        return [
            {
                "name": row.name,
                "kind": row.kind,
                "seen_at": row.seen_at,
                "alive": now - row.seen_at < SILENCE,
                "behind": current - row.generation,
                "failed": row.failed,
            }
            for row in connection.execute(select(Worker.__table__).order_by(Worker.name))
        ]


def complaints(engine: Engine, found: Discovery, standings: Collection[Standing]) -> list[str]:
    """All that is wrong with the plugins and the safeguards of the database; empty is healthy."""
    wrong = [f"{s.name}: {s.why}" for s in standings if s.state in ("failed", "missing", "pending")]
    wrong += [
        str(_("%(name)s: %(sentence)s", name=s.name, sentence=sentence))
        for s in standings
        for sentence in s.left_out
    ]
    running = {s.name for s in standings if s.state in ("enabled", "installed", "disabled")}
    wrong += [str(sentence) for sentence in drift(engine, running)]
    for worker in workers(engine):
        if worker["alive"]:
            wrong += [
                str(_("In the process %(name)s: %(why)s", name=worker["name"], why=why))
                for why in worker["failed"].values()
            ]
    return wrong + _safeguards(engine)


def _safeguards(engine: Engine) -> list[str]:
    """The settings without which the database would forgive what it must refuse."""
    with engine.connect().execution_options(reading=True) as connection:
        if connection.dialect.name == "sqlite":
            wanted = {"foreign_keys": "1", "journal_mode": "wal", "synchronous": "2"}
            question = "PRAGMA {}"
        else:
            wanted = {"fsync": "on", "full_page_writes": "on"}
            question = "SHOW {}"
        wrong = []
        for key, value in wanted.items():
            found = str(connection.scalar(text(question.format(key))))
            if found != value:
                wrong.append(
                    str(
                        _(
                            "The database has %(key)s = %(found)s; it must be %(value)s.",
                            key=key,
                            found=found,
                            value=value,
                        )
                    )
                )
        return wrong
