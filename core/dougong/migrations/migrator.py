"""Bring a database up, down, or side by side with the models."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, inspect, text

from dougong.db import make_engine, metadata, owner_of
from dougong.errors import Refused
from dougong.i18n import _
from dougong.migrations.guarding import keeping_triggers
from dougong.migrations.locking import only_runner
from dougong.migrations.planner import Plan, Step, all_current, current, head
from dougong.migrations.refusing import telling_refusals
from dougong.migrations.sources import Source, comparison, config_for, sources_of
from dougong.plugins.manifest import Manifest


class DanglingKeys(Refused):
    """A step left rows that point at nothing; it was undone."""

    def __init__(self, step: object, rows: Collection[Any]) -> None:
        where = ", ".join(sorted({f"{row[0]} → {row[2]}" for row in rows}))
        super().__init__(
            _(
                "The migration %(step)s leaves rows that point at nothing: %(where)s.",
                step=step,
                where=where,
            )
        )


class Migrator:
    """The histories of the core and of these plugins, in one database."""

    def __init__(self, url: str, manifests: Iterable[Manifest] = ()) -> None:
        self.url = url
        self.sources: Mapping[str, Source] = sources_of(manifests)
        # Foreign keys stay off: SQLite builds a table anew, and dropping the old one would cascade.
        self.engine = make_engine(url, foreign_keys=False)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    # -- where it stands ----------------------------------------------------------------------

    def standing(self) -> dict[str, str]:
        """The revision of every plugin that has ever been in this database."""
        with self.engine.connect() as connection:
            return all_current(connection)

    def heads(self) -> dict[str, str]:
        """The last revision that each package here knows."""
        return {plugin: head(source) for plugin, source in self.sources.items()}

    def plan(self, plugins: Iterable[str]) -> list[Step]:
        """What is missing for these plugins, in order; those without a history have nothing to do."""
        return Plan(self.sources, self._with_history(plugins), self.standing()).steps()

    # -- up and down --------------------------------------------------------------------------

    def upgrade(
        self,
        plugins: Iterable[str],
        told: Callable[[Step], None] = lambda step: None,
        *,
        until: str = "",
    ) -> list[Step]:
        """Run what is missing, one transaction a step; an interrupted plan goes on where it stopped.

        The revision `until` is the last one that is run; without it, the last there is.
        """
        from alembic import command

        wanted = list(plugins)
        with only_runner(self.engine):
            steps = self.plan(wanted)
            if until:
                steps = steps[: [step.revision for step in steps].index(until) + 1]
            for step in steps:
                told(step)
                source = self.sources[step.plugin]
                with telling_refusals(step, source), self.engine.begin() as connection:
                    self._unhurried(connection)
                    config = config_for(source, connection=connection)
                    with keeping_triggers(connection):
                        command.upgrade(config, step.revision)
                    self._check_keys(step, connection)
            return steps

    def downgrade(self, plugin: str, target: str = "base") -> None:
        """Take a plugin's history back, whole or to a revision; at the base nothing of it is left."""
        from alembic import command

        with only_runner(self.engine), self.engine.begin() as connection:
            self._unhurried(connection)
            with keeping_triggers(connection):
                command.downgrade(config_for(self.sources[plugin], connection=connection), target)
            self._check_keys(plugin, connection)
            if target == "base":
                connection.execute(text(f'DROP TABLE IF EXISTS "alembic_version_{plugin}"'))

    def _unhurried(self, connection: Connection) -> None:
        """A step may take long, but it must not wait long for a lock that users hold."""
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = '8s'"))

    def _check_keys(self, step: object, connection: Connection) -> None:
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if rows:
                raise DanglingKeys(step, rows)

    def _with_history(self, plugins: Iterable[str]) -> list[str]:
        return [plugin for plugin in plugins if plugin in self.sources]

    # -- beside the models --------------------------------------------------------------------

    def differences(self, plugin: str) -> list[Any]:
        """What Alembic would have to do so that the tables are as the models say; empty is good."""
        from alembic.autogenerate import compare_metadata
        from alembic.runtime.migration import MigrationContext

        with self.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=comparison(plugin))
            return list(compare_metadata(context, metadata))

    def create(self, plugin: str, message: str, revision: str = "", fresh: bool = False) -> str:
        """Write a revision from the difference between tables and models; returns its file's path."""
        from alembic import command

        source = self.sources[plugin]
        number = (
            1
            if fresh
            else len([r for r in source.path.glob("*.py") if r.name != "__init__.py"]) + 1
        )
        if fresh:
            for old in source.path.glob(f"{plugin}_*.py"):
                old.unlink()
        with self.engine.connect() as connection:
            script = command.revision(
                config_for(source, connection=connection, plugin_depends=self._stands_on(plugin)),
                message,
                autogenerate=True,
                rev_id=revision or f"{plugin}_{number:04d}",
            )
        return str(getattr(script, "path", ""))

    def _stands_on(self, plugin: str) -> dict[str, str]:
        """The heads of the plugins whose tables this one's point at."""
        others = {
            owner_of(key.target_fullname.split(".")[0])
            for table in metadata.tables.values()
            if owner_of(table.name) == plugin
            for key in table.foreign_keys
        }
        heads = self.heads()
        return {other: heads[other] for other in sorted(others - {plugin}) if heads.get(other)}

    def sql(self, plugin: str, url: str = "") -> str:
        """A history as one SQL script, for those who run it by hand."""
        from alembic import command

        output = io.StringIO()
        command.upgrade(
            config_for(self.sources[plugin], url=url or self.url, output=output), "head", sql=True
        )
        return output.getvalue()

    def tables_of(self, plugin: str) -> list[str]:
        """The tables of a plugin that are in the database."""
        names = inspect(self.engine).get_table_names()
        return [n for n in names if owner_of(n) == plugin and not n.startswith("alembic_version_")]

    def current(self, plugin: str) -> str:
        """Where the database stands with one plugin."""
        with self.engine.connect() as connection:
            return current(plugin, connection)
