"""The life of a plugin: installed, enabled, disabled, upgraded, uninstalled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, inspect, select, update

from dougong import clock
from dougong.actors import Actor
from dougong.companies.models import Company
from dougong.core_plugin import core
from dougong.db import make_engine, owner_of
from dougong.errors import PluginProblem
from dougong.i18n import Text, _, speaking
from dougong.migrations.migrator import Migrator
from dougong.migrations.planner import Step
from dougong.migrations.views import create_views, drop_views
from dougong.modules.diary import note
from dougong.people.roles.service import declare_roles
from dougong.plugins.building import Assembly, assemble
from dougong.plugins.discovery import Discovery, discover
from dougong.plugins.drain import wait_for_workers
from dougong.plugins.files import check_history
from dougong.plugins.locating import PluginFault
from dougong.plugins.models import PluginState, Registry
from dougong.plugins.order import dependents, in_order, unmet, with_requirements
from dougong.plugins.purging import pointing_at, purge_tables
from dougong.plugins.registry import make_the_house, with_nouns
from dougong.plugins.states import Snapshot, Standing, misfit, read_snapshot, standings
from dougong.plugins.telling import brings, brought
from dougong.unit_of_work import House, UnitOfWork

#: Told what is going on: a migration step, a plugin being seeded.
Told = Callable[[Text], None]


def _silent(_what: Text) -> None:
    pass


@dataclass
class Doings:
    """What a command did, or would do."""

    steps: list[str] = field(default_factory=list)
    plugins: list[str] = field(default_factory=list)
    #: What was there already, and is used again.
    found_again: list[str] = field(default_factory=list)
    #: Parts of plugins that do not run although the plugins are enabled.
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        told = {"plugins": self.plugins, "migrations": self.steps, "found_again": self.found_again}
        return {**told, **({"left_out": self.left_out} if self.left_out else {})}


class Lifecycle:
    """Every command that changes which plugins are in the house. Refusals name names."""

    def __init__(
        self,
        url: str,
        found: Discovery | None = None,
        told: Told = _silent,
        by: str = "dougong plugin",
    ) -> None:
        self.url, self.found, self.told = url, found or discover(), told
        #: Who is named in the log of the modules.
        self.by = by
        self.engine = make_engine(url)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def snapshot(self) -> Snapshot:
        """How things stand now."""
        return read_snapshot(self.engine)

    def standings(self) -> list[Standing]:
        """Every plugin with its state; those that should run are tried out, their resources too."""
        snapshot = self.snapshot()
        built = assemble(self.found, snapshot.enabled)
        nouns, built = with_nouns(self.found, snapshot.enabled, built)
        return standings(self.found, snapshot, built.failed, nouns.left_out())

    # -- in -----------------------------------------------------------------------------------

    def install(
        self,
        names: Iterable[str],
        *,
        enable: bool = False,
        seed: bool = True,
        dry_run: bool = False,
    ) -> Doings:
        """Bring plugins and what they stand on into the house; they stay switched off unless asked."""
        snapshot = self.snapshot()
        wanted = self._with_requirements(names)
        new = [name for name in wanted if name not in snapshot.rows]
        built = self._try_out({*snapshot.enabled, *wanted}, wanted)
        with self._migrator() as migrator:
            plan = migrator.plan(new)
            again = [name for name in new if snapshot.revisions.get(name)]
            doings = Doings([str(step) for step in plan], new, again)
            if dry_run:
                return doings
            migrator.upgrade(new, self._tell_step)
        house = make_the_house(self.engine, built.wiring)
        house.run(
            Actor.system(name="dougong plugin install"), lambda uow: self._enter(uow, new, built)
        )
        for name in new:
            self._hook(house, built, name, "installed")
        if seed:
            self._seed(house, built, new)
        if enable:
            self.enable(wanted, seed=False)
        elif new:
            self._raise_generation()
        return doings

    def enable(self, names: Iterable[str], *, seed: bool = True, dry_run: bool = False) -> Doings:
        """Switch plugins on; every running process has them a second later."""
        snapshot = self.snapshot()
        wanted = self._installed(names, snapshot)
        ordered = in_order(wanted & set(self.found.manifests), self.found.manifests)
        for name in ordered:
            for other in self.found.manifests[name].needs:
                if other not in snapshot.enabled and other not in wanted:
                    raise PluginProblem(
                        _("Enable %(other)s first: %(name)s needs it.", other=other, name=name)
                    )
            if sentence := misfit(self.found.manifests[name], snapshot.revisions.get(name, "")):
                raise PluginProblem(sentence)
        new = [name for name in ordered if name not in snapshot.enabled]
        built = self._try_out({*snapshot.enabled, *wanted}, ordered)
        doings = Doings(plugins=new)
        if dry_run or not new:
            return doings
        house = make_the_house(self.engine, built.wiring)
        if seed:
            self._seed(house, built, new)
        house.run(Actor.system(name="dougong plugin enable"), declare_roles)
        for name in new:
            self._hook(house, built, name, "enabled")
        self._switch(new, "enabled")
        return doings

    # -- out ----------------------------------------------------------------------------------

    def disable(self, names: Iterable[str], *, dry_run: bool = False) -> Doings:
        """Switch plugins off; their data stay untouched."""
        snapshot = self.snapshot()
        wanted = self._installed(names, snapshot)
        for name in sorted(wanted):
            standing = set(dependents(name, snapshot.enabled, self.found.manifests)) - wanted
            if standing:
                raise PluginProblem(
                    _(
                        "Disable %(others)s first: %(name)s is needed there.",
                        others=", ".join(sorted(standing)),
                        name=name,
                    )
                )
        going = sorted(wanted & snapshot.enabled)
        doings = Doings(plugins=going)
        if dry_run or not going:
            return doings
        built = assemble(self.found, snapshot.enabled)
        house = make_the_house(self.engine, built.wiring)
        for name in reversed([n for n in built.loaded if n in going]):
            self._hook(house, built, name, "disabled")
        self._switch(going, "installed")
        return doings

    def upgrade(self, names: Iterable[str] = (), *, dry_run: bool = False) -> Doings:
        """Run what newer packages bring: migrations, views, the plugin's own care. No name means all."""
        snapshot = self.snapshot()
        wanted = self._installed(names, snapshot) if names else set(snapshot.rows)
        here = in_order(wanted & set(self.found.manifests), self.found.manifests)
        self._read_histories(here)
        behind = [n for n in here if self.found.manifests[n].version != snapshot.rows[n][0]]
        with self._migrator() as migrator:
            plan = migrator.plan(["core", *here])
            moved = [n for n in here if n in behind or any(step.plugin == n for step in plan)]
            doings = Doings([str(step) for step in plan], moved)
            if dry_run or not (plan or moved):
                return doings
            self._raise_generation(restart=True)
            wait_for_workers(self.engine)
            self._drop_views(moved if not plan else ["core", *snapshot.rows])
            migrator.upgrade(["core", *here], self._tell_step)
        built = assemble(self.found, {*snapshot.rows})
        self._create_views(built)
        house = make_the_house(self.engine, built.wiring)
        for name in moved:
            self._hook(house, built, name, "upgraded", snapshot.rows[name][0])
            manifest = self.found.manifests[name]
            self._note(name, version=manifest.version, brings=brings(built, manifest))
        with self.engine.begin() as connection:
            before = {name: snapshot.rows[name][0] for name in moved}
            note(connection, "upgrade", moved, self.by, before=before, after=self._versions(moved))
        self._raise_generation(restart=True)
        return doings

    def uninstall(self, name: str, *, purge: bool, dry_run: bool = False) -> Doings:
        """Take a plugin out of the house. Its data stay for a later install unless they are purged."""
        snapshot = self.snapshot()
        self._installed([name], snapshot)
        if name in snapshot.enabled:
            raise PluginProblem(_("Disable %(name)s first.", name=name))
        standing = dependents(name, snapshot.rows, self.found.manifests)
        if standing:
            raise PluginProblem(
                _(
                    "Uninstall %(others)s first: %(name)s is needed there.",
                    others=", ".join(standing),
                    name=name,
                )
            )
        doings = Doings(plugins=[name])
        if dry_run:
            return doings
        if name in self.found.manifests:
            built = assemble(self.found, {*snapshot.enabled, name})
            if name in built.loaded:
                self._hook(make_the_house(self.engine, built.wiring), built, name, "uninstalled")
        self._raise_generation(restart=True)
        self._drop_views([name])
        if purge:
            wait_for_workers(self.engine)
            purge_tables(self.url, self.engine, self.found, name)
        with self.engine.begin() as connection:
            connection.execute(delete(PluginState).where(PluginState.name == name))
            self._note_gone(connection, name, snapshot, purge=purge)
        return doings

    def purge(self, name: str, *, dry_run: bool = False) -> list[str]:
        """Drop the tables of a plugin that is out of the house, its package there or not."""
        snapshot = self.snapshot()
        if name == "core" or (name in snapshot.rows and name in self.found.manifests):
            raise PluginProblem(
                _("%(name)s is in the house: uninstall it with --purge instead.", name=name)
            )
        if others := pointing_at(self.engine, name):
            raise PluginProblem(
                _(
                    "Tables of %(others)s point at those of %(name)s: purge them first.",
                    others=", ".join(others),
                    name=name,
                )
            )
        tables = self.tables_of(name)
        if not tables and name not in snapshot.rows:
            raise PluginProblem(_("There are no data of “%(name)s” in this database.", name=name))
        if not dry_run:
            self._raise_generation(restart=True)
            wait_for_workers(self.engine)
            if name in snapshot.rows:
                self._drop_views([name])
            purge_tables(self.url, self.engine, self.found, name)
            with self.engine.begin() as connection:
                connection.execute(delete(PluginState).where(PluginState.name == name))
                self._note_gone(connection, name, snapshot, purge=True)
        return tables

    def tables_of(self, name: str) -> list[str]:
        """A plugin's tables that are in the database."""
        return tables_in(self.engine, name)

    def has_tables(self, name: str) -> bool:
        """Whether there is anything to export."""
        return bool(self.tables_of(name))

    # -- what they share ----------------------------------------------------------------------

    def _with_requirements(self, names: Iterable[str]) -> list[str]:
        wanted = set(names)
        for name in sorted(wanted):
            if name not in self.found.manifests:
                raise PluginProblem(self.found.missing(name))
        wanted = with_requirements(wanted, self.found.manifests)
        for name in sorted(wanted):
            if sentence := unmet(
                self.found.manifests[name], {n: self.found.manifests[n] for n in wanted}
            ):
                raise PluginProblem(sentence)
        return in_order(wanted, self.found.manifests)

    def _installed(self, names: Iterable[str], snapshot: Snapshot) -> set[str]:
        wanted = set(names)
        for name in sorted(wanted - set(snapshot.rows)):
            if name in self.found.manifests:
                raise PluginProblem(
                    _(
                        "%(name)s is not installed: run `dougong plugin install %(name)s`.",
                        name=name,
                    )
                )
            raise PluginProblem(self.found.missing(name))
        return wanted

    def _try_out(self, together: set[str], wanted: Sequence[str]) -> Assembly:
        """Put the house together as it would be; the first wanted plugin that fails is the refusal."""
        built = assemble(self.found, together)
        for name in wanted:
            if name in built.failed:
                raise PluginProblem(built.failed[name])
        self._read_histories(wanted)
        return built

    def _read_histories(self, names: Iterable[str]) -> None:
        """Refuse revisions that cannot be read or make no one history, before a table is touched."""
        for name in names:
            try:
                check_history(self.found.manifests[name])
            except PluginFault as fault:
                raise PluginProblem(fault.sentence) from fault

    def _enter(self, uow: UnitOfWork, names: Sequence[str], built: Assembly) -> None:
        """Write the plugins into the registry and make their views: both or neither."""
        connection = uow.session.connection()
        now = clock.now()
        for name in names:
            connection.execute(
                insert(PluginState).values(
                    name=name,
                    version=self.found.manifests[name].version,
                    status="installed",
                    installed_at=now,
                    changed_at=now,
                    changes=0,
                    brings=brings(built, self.found.manifests[name]),
                )
            )
            create_views(connection, _views_of(built, name))
        note(connection, "install", names, self.by, after=self._versions(names))

    def _seed(self, house: House, built: Assembly, names: Iterable[str]) -> None:
        """What a company needs from its first day, for each that is there, in its own language."""
        from dougong.web.translations import learn_all

        learn_all(built.wiring.plugins.values())
        with self.engine.connect() as connection:
            companies = connection.execute(
                select(Company.id, Company.language).order_by(Company.id)
            )
            found = [(id, language) for id, language in companies]
        for company, language in found:
            for name in names:
                self.told(_("Preparing %(name)s …", name=name))
                with speaking(language):
                    house.run(_acting(company), built.wiring.plugins[name].seed)

    def companies(self) -> list[int]:
        """The companies of the house, the oldest first."""
        with self.engine.connect() as connection:
            return list(connection.scalars(select(Company.id).order_by(Company.id)))

    def _hook(self, house: House, built: Assembly, name: str, hook: str, *given: Any) -> None:
        plugin = built.wiring.plugins.get(name)
        if plugin is not None:
            house.run(Actor.system(), lambda uow: getattr(plugin, hook)(uow, *given))

    def _switch(self, names: Sequence[str], status: str) -> None:
        """Write the new state and let the processes know, both or neither."""
        with self.engine.begin() as connection:
            connection.execute(
                update(PluginState)
                .where(PluginState.name.in_(names))
                .values(
                    status=status,
                    error=None,
                    changed_at=clock.now(),
                    changes=PluginState.changes + 1,
                )
            )
            action = "enable" if status == "enabled" else "disable"
            note(connection, action, names, self.by, after=self._versions(names))
            _raise(connection)

    def _note_gone(
        self, connection: Connection, name: str, snapshot: Snapshot, *, purge: bool
    ) -> None:
        before = {name: snapshot.rows.get(name, ("", ""))[0]}
        note(connection, "purge" if purge else "uninstall", [name], self.by, before=before)

    def _versions(self, names: Iterable[str]) -> dict[str, str]:
        manifests = self.found.manifests
        return {name: manifests[name].version for name in names if name in manifests}

    def _note(self, name: str, **values: Any) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                update(PluginState)
                .where(PluginState.name == name)
                .values(changed_at=clock.now(), changes=PluginState.changes + 1, **values)
            )

    def _raise_generation(self, *, restart: bool = False) -> None:
        with self.engine.begin() as connection:
            _raise(connection, restart=restart)

    def _drop_views(self, plugins: Iterable[str]) -> None:
        """Take away the views that these plugins came with, as the registry remembers them."""
        views = [
            view
            for name in plugins
            for view in (
                dict(core.views())
                if name == "core"
                else brought(self.engine, name).get("views", ())
            )
        ]
        with self.engine.begin() as connection:
            drop_views(connection, views)

    def _create_views(self, built: Assembly) -> None:
        with self.engine.begin() as connection:
            create_views(connection, dict(core.views()))
            create_views(connection, built.wiring.views)

    def _tell_step(self, step: Step) -> None:
        self.told(_("Migration %(step)s …", step=step))

    def _migrator(self) -> closing[Migrator]:
        return closing(Migrator(self.url, self.found.manifests.values()))


def tables_in(engine: Engine, name: str) -> list[str]:
    """The tables of one plugin that are in a database."""
    tables = inspect(engine).get_table_names()
    return sorted(t for t in tables if owner_of(t) == name and not t.startswith("alembic_version_"))


def _raise(connection: Connection, *, restart: bool = False) -> None:
    values: dict[str, Any] = {"generation": Registry.generation + 1}
    if restart:
        values["restart_generation"] = Registry.generation + 1
    connection.execute(update(Registry).where(Registry.id == 1).values(**values))


def _views_of(built: Assembly, name: str) -> dict[str, str]:
    return {view: built.wiring.views[view] for view in built.wiring.owned("views", name)}


def _acting(company: int) -> Actor:
    return Actor.system(company, name="dougong plugin")
