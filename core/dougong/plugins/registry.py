"""The running house: the database says what should run, this process says what does."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Engine

from dougong.db import make_engine
from dougong.errors import NotReady, PluginProblem
from dougong.i18n import Text, _
from dougong.logger import structlog
from dougong.plugins.building import Assembly, assemble, drop
from dougong.plugins.collecting import told
from dougong.plugins.discovery import Discovery, discover
from dougong.plugins.manifest import Manifest
from dougong.plugins.states import Snapshot, misfit, read_snapshot
from dougong.sealing import KEYS, RING
from dougong.settings.service import Settings
from dougong.unit_of_work import House
from dougong.wiring import Wiring

log = structlog.get_logger()


class Runtime:
    """Everything a process needs to serve the house, built once and replaced as a whole.

    ``app.extensions["dougong"]`` is one of these. ``only`` names the plugins instead of the
    database; ``strict`` refuses to start when one of them fails.
    """

    house: House
    wiring: Wiring
    #: The built resources; None until somebody asks for pages or an API.
    nouns: Any
    #: Plugins that should run and do not, with the sentence.
    failed: dict[str, Text | str]
    #: Plugins that run, in dependency order.
    loaded: dict[str, Manifest]

    def __init__(
        self,
        url: str,
        config: Mapping[str, Any] | None = None,
        *,
        engine: Engine | None = None,
        only: Collection[str] | None = None,
        found: Discovery | None = None,
        strict: bool = False,
    ) -> None:
        self.url = url
        self.config: dict[str, Any] = dict(config or {})
        RING.use(next((str(self.config[k]) for k in KEYS if self.config.get(k)), ""))
        self.engine = engine or make_engine(url)
        self.found = found or discover()
        self.snapshot: Snapshot = read_snapshot(self.engine)
        self.generation = self.snapshot.generation
        self.restart_generation = self.snapshot.restart_generation
        if sentence := misfit(None, self.snapshot.revisions.get("core", "")):
            raise NotReady(sentence)
        self._build(self._wanted(only))
        if strict and self.failed:
            raise PluginProblem(
                _(
                    "Some plugins failed: %(why)s",
                    why=" ".join(str(s) for s in self.failed.values()),
                )
            )
        if strict and self.nouns.reports:
            raise PluginProblem(
                _(
                    "Parts of plugins were left out: %(why)s",
                    why=" ".join(f"{plugin}: {s}" for plugin, s in self.nouns.reports),
                )
            )

    def _wanted(self, only: Collection[str] | None) -> set[str]:
        if os.environ.get("DOUGONG_SAFE_MODE", "") not in ("", "0"):
            return set()
        return set(only) if only is not None else self.snapshot.enabled

    def _build(self, wanted: set[str]) -> None:
        from dougong.custom.hanging import definitions
        from dougong.layouts.rules import read_layouts

        behind: dict[str, Text | str] = {}
        for name in wanted & set(self.found.manifests):
            if sentence := misfit(
                self.found.manifests[name], self.snapshot.revisions.get(name, "")
            ):
                behind[name] = sentence
        found = Discovery(
            {n: m for n, m in self.found.manifests.items() if n not in behind},
            {**self.found.problems, **behind},
        )
        built = assemble(found, wanted)
        own, layouts = definitions(self.engine), read_layouts(self.engine)
        self.nouns, built = with_nouns(found, wanted, built, own=own, layouts=layouts)
        self.wiring, self.loaded, self.failed = built.wiring, built.loaded, built.failed
        for name, sentence in self.failed.items():
            log.error("plugin failed", plugin=name, sentence=str(sentence))
        for name, sentence in self.nouns.reports:
            log.error("part of a plugin left out", plugin=name, sentence=str(sentence))
        self.house = make_the_house(
            self.engine, self.wiring, str(self.config.get("SECRET_KEY", ""))
        )
        self.house.nouns = self.nouns  # type: ignore[attr-defined]
        if self.nouns is not None:
            from dougong.activities.sight import SeenActivities

            self.house.narrow = SeenActivities(self.nouns)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def make_the_house(engine: Engine, wiring: Wiring, key: str = "") -> House:
    """The unit of work's side of a wiring; ``key`` opens the secrets among the settings."""
    house = House(
        engine, wiring.reactions, wiring.providers, wiring.series, Settings(wiring.settings, key),
        row_rules=tuple(wiring.row_rules),
    )  # fmt: skip
    house.wiring = wiring
    from dougong.approvals.guarding import Guard
    from dougong.following.watching import Watch
    from dougong.people.actors import restorer

    house.restore_actor = restorer(house, wiring)
    house.oversight = Guard(wiring)
    house.watch = Watch(wiring)
    return house


def with_nouns(
    found: Discovery,
    wanted: set[str],
    built: Assembly,
    *,
    own: Iterable[Any] = (),
    layouts: Any = None,
) -> tuple[Any, Assembly]:
    """Build the resources; a plugin whose nouns cannot be built is left out, and all others stand.

    ``own`` are the fields that administrators made, ``layouts`` how they arranged forms.
    """
    from dougong import resources

    build = partial(resources.build, own=own, layouts=layouts)
    while True:
        try:
            return build(built.wiring), built
        except (Exception, SystemExit) as error:
            guilty = _guilty(build, found, built)
            if guilty is None:
                raise
            sentence = _(
                "%(name)s: its resources cannot be built: %(error)s.",
                name=guilty,
                error=told(error),
            )
            failed = {**built.failed, guilty: sentence}
            manifest = built.loaded[guilty]
            drop(built, manifest, sentence)
            found = Discovery(
                {n: m for n, m in found.manifests.items() if n != guilty},
                {**found.problems, **failed},
            )
            built = assemble(found, wanted)


def _guilty(build: Any, found: Discovery, built: Assembly) -> str | None:
    """The first plugin, in dependency order, with which the resources cannot be built any more."""
    names: list[str] = []
    for name in built.loaded:
        names.append(name)
        try:
            build(assemble(found, names).wiring)
        except (Exception, SystemExit):
            return name
    return None
