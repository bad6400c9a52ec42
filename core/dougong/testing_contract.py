"""What every plugin promises; subclass it once: ``class TestContract(PluginContract): plugin = "crm"``.

A promise that is not kept fails with sentences: what is wrong, and how to mend it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any, ClassVar

import pytest
from sqlalchemy import text

from dougong.actors import Actor
from dougong.deprecation import Deprecated, uses_of
from dougong.migrations.making import differences_of, import_models
from dougong.migrations.migrator import Migrator
from dougong.plugins.discovery import Discovery, discover
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.manifest import Manifest
from dougong.plugins.order import with_requirements
from dougong.plugins.registry import Runtime
from dougong.promises import openapi, packaging, pages, rights, tables, words
from dougong.testing_databases import Databases
from dougong.testing_tools import somebody

#: What the house writes down about its plugins, whatever they do.
BOOKKEEPING = {
    "core_plugin", "core_plugin_change", "core_registry", "core_id_block", "core_worker",
}  # fmt: skip


def kept(faults: Iterable[str]) -> None:
    """Fail with every sentence there is; a promise without one is kept."""
    __tracebackhide__ = True
    if found := list(dict.fromkeys(faults)):
        pytest.fail("\n".join(found), pytrace=False)


class PluginContract:
    """The same promises for each plugin; what a plugin adds, its own tests tell."""

    plugin: ClassVar[str]
    #: The languages it is translated to; none, while its words are still in motion.
    languages: ClassVar[tuple[str, ...]] = ("zh_Hans_CN",)

    # The names of the tests are their sentences.
    @pytest.fixture
    def found(self) -> Discovery:
        """The plugins on this machine."""
        return discover()

    @pytest.fixture
    def manifest(self, found: Discovery) -> Manifest:
        """What the plugin says about itself."""
        if self.plugin not in found.manifests:
            pytest.fail(str(found.missing(self.plugin)), pytrace=False)
        return found.manifests[self.plugin]

    @pytest.fixture
    def life(self, databases: Databases, found: Discovery) -> Iterator[Lifecycle]:
        """An empty house in which the plugin can be led through its life."""
        yield from _life(databases, found)

    @pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.once), "postgresql"])
    def each_database(
        self,
        request: pytest.FixtureRequest,
        databases: Databases,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> Iterator[Databases]:
        """SQLite always; PostgreSQL where DOUGONG_TEST_URL names a server."""
        server = databases.server is not None
        if request.param == "postgresql" and not server:
            pytest.skip("set DOUGONG_TEST_URL to a PostgreSQL server to prove it there as well")
        if server == (request.param == "postgresql"):
            yield databases
            return
        files = Databases("", tmp_path_factory.mktemp("files"))
        yield files
        files.close()

    @pytest.fixture
    def alone(self, make_runtime: Callable[..., Runtime], manifest: Manifest) -> Runtime:
        """A running house with the plugin and what it requires."""
        return make_runtime(manifest.name)

    # -- package and tables ------------------------------------------------------------------------

    @pytest.mark.once
    def test_the_manifest_says_what_the_package_requires(
        self, manifest: Manifest, found: Discovery
    ) -> None:
        """Who installs the package gets what the manifest asks for."""
        distribution = manifest.entry.dist
        said = distribution.requires or () if distribution else ()
        kept(packaging.requirement_faults(manifest, said, found.manifests))

    def test_the_models_are_what_the_migrations_make(
        self, manifest: Manifest, found: Discovery, each_database: Databases
    ) -> None:
        """On both databases, column by column."""
        if manifest.migrations is None:
            _without_history(manifest)
        url = each_database.empty()
        differences = differences_of([self.plugin], found.manifests, url)[self.plugin]
        each_database.drop(url)
        mend = f"write a revision: dougong migrations create {self.plugin}."
        kept(f"Models and migrations differ ({what}): {mend}" for what in differences)

    def test_the_tables_go_up_down_and_up_again(
        self, each_database: Databases, manifest: Manifest, found: Discovery
    ) -> None:
        """A downgrade leaves nothing, and the way up is open again; on both databases."""
        if manifest.migrations is None:
            _without_history(manifest)
        import_models({self.plugin: manifest})
        for life in _life(each_database, found):
            life.install(manifest.needs)
            with closing(Migrator(life.url, found.manifests.values())) as migrator:
                migrator.upgrade([self.plugin])
                migrator.downgrade(self.plugin)
                left = migrator.tables_of(self.plugin)
                kept(f"downgrade() leaves the table {table}: drop it there." for table in left)
                migrator.upgrade([self.plugin])
                assert migrator.differences(self.plugin) == []

    @pytest.mark.once
    def test_its_tables_point_only_where_they_may(
        self, alone: Runtime, manifest: Manifest, found: Discovery
    ) -> None:
        """To its own, the core's and those it requires; and what happens when a target goes is said."""
        kept(tables.key_faults(self.plugin, with_requirements([self.plugin], found.manifests)))

    # -- loading -----------------------------------------------------------------------------------

    def test_it_loads_alone(self, alone: Runtime) -> None:
        """With nothing but what it requires, and nothing of it is left out."""
        kept(str(sentence) for sentence in alone.failed.values())
        assert self.plugin in alone.loaded
        kept(
            f"{sentence} It was left out: mend the name in the resource."
            for plugin, sentence in alone.nouns.reports
            if plugin == self.plugin
        )

    def test_it_loads_with_everything(
        self, make_runtime: Callable[..., Runtime], found: Discovery
    ) -> None:
        """Beside every other plugin on this machine."""
        together = make_runtime(*found.manifests)
        kept(str(sentence) for sentence in together.failed.values())
        assert self.plugin in together.loaded

    def test_what_it_uses_stays(self, alone: Runtime, manifest: Manifest) -> None:
        """It uses no name that a later core takes away; a warning, until that core is there."""
        for use in uses_of(manifest.package):
            said = Deprecated(f"{use.name} ({use.where})", instead=use.instead, gone=use.gone)
            warnings.warn(said, stacklevel=1)

    # -- what people meet --------------------------------------------------------------------------

    def test_every_page_opens_for_who_may_and_for_nobody_else(self, alone: Runtime) -> None:
        """200 for whoever has the rights, each role included; 403 or the log-in for everybody else."""
        people = {
            "admin": Actor.system(),
            "nobody": None,
            "somebody without rights": somebody(alone),
        }
        roles = {
            f"the role {key}": somebody(alone, [key])
            for key in alone.wiring.owned("roles", self.plugin)
        }
        kept(pages.page_faults(alone, self.plugin, people, roles))

    @pytest.mark.once
    def test_rights_and_menus_are_declared_and_used(
        self, alone: Runtime, manifest: Manifest
    ) -> None:
        """No page asks for a right that nobody can have, and no right opens nothing."""
        kept(rights.right_faults(alone, manifest))
        kept(rights.menu_faults(alone, self.plugin))

    @pytest.mark.once
    def test_programs_can_read_its_api(self, alone: Runtime) -> None:
        """Its part of the OpenAPI document has targets, types and parameters that are there."""
        kept(openapi.openapi_faults(alone, self.plugin))

    @pytest.mark.once
    def test_every_word_is_translated(self, alone: Runtime, manifest: Manifest) -> None:
        """In each of its languages, with the same facts in the sentence."""
        for code in self.languages:
            kept(words.word_faults(alone, manifest, code))

    # -- life --------------------------------------------------------------------------------------

    def test_seeding_again_changes_nothing(self, alone: Runtime) -> None:
        """A second company or a second start brings no row twice."""
        before = _rows(alone.engine)
        alone.house.run(Actor.system(), alone.wiring.plugins[self.plugin].seed)
        kept(_changed(before, _rows(alone.engine), "seed() is called twice", SEED_MEND))

    def test_enabling_again_changes_nothing(self, life: Lifecycle, manifest: Manifest) -> None:
        """Off and on again: everything is as it was."""
        life.install([self.plugin], enable=True)
        before = _rows(life.engine)
        life.disable([self.plugin])
        life.enable([self.plugin])
        kept(_changed(before, _rows(life.engine), "it is disabled and enabled", SEED_MEND))

    def test_its_data_survive_an_uninstall_that_keeps_them(
        self, life: Lifecycle, manifest: Manifest
    ) -> None:
        """What people entered is there, to the letter, when the plugin comes back."""
        life.install([self.plugin], enable=True)
        _fill(life, self.plugin)
        before = _contents(life, self.plugin)
        life.disable([self.plugin])
        life.uninstall(self.plugin, purge=False)
        doings = life.install([self.plugin], enable=True)
        assert doings.steps == []
        mend = (
            "let the hooks disabled, uninstalled, installed and enabled leave people's data alone."
        )
        kept(
            _changed(
                before, _contents(life, self.plugin), "it is uninstalled and installed again", mend
            )
        )

    def test_a_purge_leaves_nothing_and_the_others_untouched(
        self, life: Lifecycle, manifest: Manifest
    ) -> None:
        """Not a table of its own, not a row of others."""
        life.install(manifest.needs, enable=True)
        before = {name: _contents(life, name) for name in manifest.needs}
        life.install([self.plugin])
        life.uninstall(self.plugin, purge=True)
        kept(
            f"A purge leaves the table {t}: drop it in downgrade()."
            for t in life.tables_of(self.plugin)
        )
        for name, rows in before.items():
            mend = "let it write into tables of its own, and meet others by events."
            kept(_changed(rows, _contents(life, name), "it came and was purged", mend))


SEED_MEND = "look for what is there before you add it."


def _without_history(manifest: Manifest) -> None:
    """Nothing to prove, unless there are tables."""
    from dougong.plugins.collecting import import_plugin

    models = list(import_plugin(manifest).models())
    kept(
        f"The table {model.__tablename__} has no migration: run"
        f" `dougong migrations create {manifest.name}`."
        for model in models
    )
    pytest.skip("the plugin has no tables")


def _life(databases: Databases, found: Discovery) -> Iterator[Lifecycle]:
    url = databases.copy([])
    life = Lifecycle(url, found)
    yield life
    life.close()
    databases.drop(url)


def _fill(life: Lifecycle, plugin: str) -> None:
    """Let it have rows to lose: its demo, where its first data leave every table empty."""
    if any(_contents(life, plugin).values()):
        return
    runtime = Runtime(life.url, found=life.found)
    runtime.house.run(Actor.system(), runtime.wiring.plugins[plugin].demo)
    runtime.close()


def _rows(engine: Any) -> dict[str, int]:
    """How many rows each table has, but for the house's own bookkeeping."""
    with engine.connect() as connection:
        names = set(engine.dialect.get_table_names(connection)) - BOOKKEEPING
        return {t: connection.scalar(text(f'SELECT count(*) FROM "{t}"')) or 0 for t in names}


def _contents(life: Lifecycle, plugin: str) -> dict[str, Any]:
    """Every row of a plugin's tables."""
    with life.engine.connect() as connection:
        return {
            t: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{t}"'))))
            for t in life.tables_of(plugin)
        }


def _changed(before: dict[str, Any], after: dict[str, Any], when: str, mend: str) -> Iterator[str]:
    for table in sorted(before.keys() | after.keys()):
        if before.get(table) != after.get(table):
            yield f"When {when}, the rows of {table} change: {mend}"
