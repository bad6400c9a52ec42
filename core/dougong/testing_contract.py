"""What every plugin promises; subclass it once: ``class TestContract(PluginContract): plugin = "crm"``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, ClassVar

import pytest
from sqlalchemy import inspect, text

from dougong.actors import Actor, Rights
from dougong.migrations.making import differences_of, import_models
from dougong.migrations.migrator import Migrator
from dougong.plugins.discovery import Discovery, discover
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.manifest import Manifest
from dougong.plugins.registry import Runtime
from dougong.testing_databases import Databases

#: A page that needs an id is asked for one that nobody has.
NOBODY = "999999999"


class PluginContract:
    """The same promises for each plugin; what a plugin adds, its own tests tell."""

    plugin: ClassVar[str]

    # The names of the tests are their sentences.
    @pytest.fixture
    def found(self) -> Discovery:
        """The plugins on this machine."""
        return discover()

    @pytest.fixture
    def manifest(self, found: Discovery) -> Manifest:
        """What the plugin says about itself."""
        assert self.plugin in found.manifests, found.missing(self.plugin)
        return found.manifests[self.plugin]

    @pytest.fixture
    def life(self, databases: Databases, found: Discovery) -> Iterator[Lifecycle]:
        """An empty house in which the plugin can be led through its life."""
        url = databases.copy([])
        life = Lifecycle(url, found)
        yield life
        life.close()
        databases.drop(url)

    @pytest.fixture
    def alone(self, make_runtime: Callable[..., Runtime]) -> Runtime:
        """A running house with the plugin and what it requires."""
        return make_runtime(self.plugin)

    def test_the_manifest_says_what_the_package_requires(self, manifest: Manifest) -> None:
        """Who installs the package gets what the manifest asks for."""
        distribution = manifest.entry.dist
        assert distribution is not None
        named = (re.match(r"dougong-([a-z0-9]+)", line) for line in distribution.requires or ())
        wanted = {match[1] for match in named if match} - {"core"}
        assert wanted - {"core"} == set(manifest.needs)

    def test_the_models_are_what_the_migrations_make(
        self, manifest: Manifest, found: Discovery, databases: Databases
    ) -> None:
        """On this database, column by column."""
        if manifest.migrations is None:
            pytest.skip("the plugin keeps no history yet")
        url = databases.empty()
        differences = differences_of([self.plugin], found.manifests, url)
        databases.drop(url)
        assert differences == {self.plugin: []}

    def test_the_tables_go_up_down_and_up_again(
        self, life: Lifecycle, manifest: Manifest, found: Discovery
    ) -> None:
        """A downgrade leaves nothing, and the way up is open again."""
        if manifest.migrations is None:
            pytest.skip("the plugin keeps no history yet")
        import_models({self.plugin: manifest})
        life.install(manifest.needs)
        with closing(Migrator(life.url, found.manifests.values())) as migrator:
            migrator.upgrade([self.plugin])
            migrator.downgrade(self.plugin)
            assert migrator.tables_of(self.plugin) == []
            migrator.upgrade([self.plugin])
            assert migrator.differences(self.plugin) == []

    def test_it_loads_alone(self, alone: Runtime) -> None:
        """With nothing but what it requires."""
        assert self.plugin in alone.loaded
        assert not alone.failed

    def test_it_loads_with_everything(
        self, make_runtime: Callable[..., Runtime], found: Discovery
    ) -> None:
        """Beside every other plugin on this machine."""
        together = make_runtime(*found.manifests)
        assert self.plugin in together.loaded
        assert not together.failed

    def test_seeding_again_changes_nothing(self, alone: Runtime) -> None:
        """A second company or a second start brings no row twice."""
        before = _rows(alone)
        alone.house.run(Actor.system(), alone.wiring.plugins[self.plugin].seed)
        assert _rows(alone) == before

    def test_its_data_survive_an_uninstall_that_keeps_them(self, life: Lifecycle) -> None:
        """What people entered is there when the plugin comes back."""
        life.install([self.plugin], enable=True)
        before = _counts(life, self.plugin)
        life.disable([self.plugin])
        life.uninstall(self.plugin, purge=False)
        doings = life.install([self.plugin], enable=True)
        assert doings.steps == []
        assert _counts(life, self.plugin) == before

    def test_a_purge_leaves_nothing_and_the_others_untouched(
        self, life: Lifecycle, manifest: Manifest
    ) -> None:
        """Not a table of its own, not a row of others."""
        life.install(manifest.needs, enable=True)
        before = {name: _counts(life, name) for name in manifest.needs}
        life.install([self.plugin])
        life.uninstall(self.plugin, purge=True)
        assert life.tables_of(self.plugin) == []
        assert {name: _counts(life, name) for name in manifest.needs} == before

    def test_every_page_opens_for_who_may_and_for_nobody_else(self, alone: Runtime) -> None:
        """And never with an error of ours."""
        from dougong.web.app import create_app

        answers: dict[str, dict[str, int]] = {}
        for who, actor in _people().items():
            app = create_app(alone, {**alone.config, "ACT_AS": actor})
            client = app.test_client()
            for path in _paths(app, self.plugin):
                answers.setdefault(path, {})[who] = client.get(path).status_code
        for path, statuses in answers.items():
            assert statuses["admin"] in {200, 302, 303, 404}, (path, statuses)
            assert statuses["nobody"] in {303, 302, 401, 403, 404}, (path, statuses)
            assert statuses["without rights"] in {302, 303, 403, 404}, (path, statuses)


def _people() -> dict[str, Actor | None]:
    return {
        "admin": Actor.system(),
        "without rights": Actor(None, "none", Rights(frozenset()), (1,), 1),
        "nobody": None,
    }


def _paths(app: Any, plugin: str) -> list[str]:
    """The plugin's pages, but for those it opens to everyone on purpose."""
    from dougong.web.rights import PUBLIC, right_of

    found = []
    for rule in app.url_map.iter_rules():
        begins = rule.rule.startswith((f"/{plugin}/", f"/api/v1/{plugin}/"))
        public = right_of(app.view_functions[rule.endpoint]) == PUBLIC
        if begins and not public and "GET" in (rule.methods or ()):
            found.append(re.sub(r"<[^>]+>", NOBODY, rule.rule))
    return sorted(set(found))


def _rows(runtime: Runtime) -> dict[str, int]:
    with runtime.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        return {t: connection.scalar(text(f'SELECT count(*) FROM "{t}"')) or 0 for t in tables}


def _counts(life: Lifecycle, plugin: str) -> dict[str, int]:
    with life.engine.connect() as connection:
        return {
            t: connection.scalar(text(f'SELECT count(*) FROM "{t}"')) or 0
            for t in life.tables_of(plugin)
        }
