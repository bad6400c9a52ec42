"""Which revisions are missing, and in which order those of all plugins must run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from dougong.errors import Refused
from dougong.i18n import _
from dougong.migrations.sources import Source, config_for

if TYPE_CHECKING:
    from alembic.script import Script


@dataclass(frozen=True, order=True)
class Step:
    """One revision of one plugin."""

    plugin: str
    revision: str

    def __str__(self) -> str:
        return self.revision


class DatabaseIsNewer(Refused):
    """The database has been where this package has never been."""

    def __init__(self, plugin: str, revision: str) -> None:
        super().__init__(
            _(
                "The database is newer than the package: %(plugin)s is at %(revision)s, which this version"
                " does not know. Install the newer package, or restore a backup.",
                plugin=plugin,
                revision=revision,
            )
        )


class StepMissing(Refused):
    """A revision stands on another that is not there."""

    def __init__(self, step: Step, needs: Step) -> None:
        super().__init__(
            _(
                "The migration %(step)s needs %(needs)s of %(plugin)s, which is not there.",
                step=step,
                needs=needs,
                plugin=needs.plugin,
            )
        )


class StepsInCircle(Refused):
    """Revisions that wait for each other."""

    def __init__(self, step: Step) -> None:
        super().__init__(_("The migration %(step)s waits for itself, through others.", step=step))


def revisions(source: Source) -> list[Script]:
    """A history from its first revision to its last."""
    from alembic.script import ScriptDirectory

    return list(ScriptDirectory.from_config(config_for(source)).walk_revisions())[::-1]


def head(source: Source) -> str:
    """The last revision the package knows; empty when it has none."""
    known = revisions(source)
    return known[-1].revision if known else ""


def current(plugin: str, connection: Connection) -> str:
    """Where the database stands; empty before the first."""
    from alembic.runtime.migration import MigrationContext

    table = f"alembic_version_{plugin}"
    if not inspect(connection).has_table(table):
        return ""
    context = MigrationContext.configure(connection, opts={"version_table": table})
    return context.get_current_revision() or ""


def all_current(connection: Connection) -> dict[str, str]:
    """Where the database stands with every plugin that has ever been here."""
    prefix = "alembic_version_"
    tables = [t for t in inspect(connection).get_table_names() if t.startswith(prefix)]
    return {
        table.removeprefix(prefix): connection.scalar(text(f'SELECT version_num FROM "{table}"'))
        or ""
        for table in sorted(tables)
    }


class Plan:
    """The missing revisions of some plugins, in an order that pleases all."""

    def __init__(
        self, sources: Mapping[str, Source], plugins: Iterable[str], standing: Mapping[str, str]
    ) -> None:
        self.sources, self.standing = sources, standing
        self.waiting: dict[Step, list[Step]] = {}
        later: list[tuple[Step, Step]] = []
        for plugin in plugins:
            self._read(plugin, later)
        for first, second in later:
            if first in self.waiting and second in self.waiting:
                self.waiting[second].append(first)

    def steps(self) -> list[Step]:
        """All steps in order; raises when one can never run."""
        done: list[Step] = []
        path: list[Step] = []

        def visit(step: Step) -> None:
            if step in done:
                return
            if step in path:
                raise StepsInCircle(step)
            path.append(step)
            for needed in self.waiting[step]:
                if needed in self.waiting:
                    visit(needed)
                elif not self._is_there(needed):
                    raise StepMissing(step, needed)
            path.pop()
            done.append(step)

        for step in self.waiting:
            visit(step)
        return done

    def _read(self, plugin: str, later: list[tuple[Step, Step]]) -> None:
        known = revisions(self.sources[plugin])
        here = self.standing.get(plugin, "")
        names = [script.revision for script in known]
        if here and here not in names:
            raise DatabaseIsNewer(plugin, here)
        before: list[Step] = []
        for script in known[names.index(here) + 1 if here else 0 :]:
            step = Step(plugin, script.revision)
            self.waiting[step] = [*before, *_steps(script, "plugin_depends")]
            later += [(step, other) for other in _steps(script, "plugin_before")]
            before = [step]

    def _is_there(self, step: Step) -> bool:
        """Whether the database has passed this revision."""
        here = self.standing.get(step.plugin, "")
        if step.plugin not in self.sources or not here:
            return bool(here) and here == step.revision
        names = [script.revision for script in revisions(self.sources[step.plugin])]
        return step.revision in names[: names.index(here) + 1] if here in names else False


def _steps(script: Script, name: str) -> list[Step]:
    said: dict[str, Any] = getattr(script.module, name, {})
    return [Step(plugin, revision) for plugin, revision in said.items()]
