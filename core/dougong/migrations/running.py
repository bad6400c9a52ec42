"""What the environment does: one step, on the planner's connection and in its transaction."""

from __future__ import annotations

from typing import Any

from alembic.operations.ops import CreateTableOp
from alembic.runtime.migration import MigrationContext

from dougong.migrations.rendering import render_item
from dougong.migrations.sources import Source, comparison


def run(context: Any) -> None:
    """Run the step that was asked for, on a connection or as a script."""
    given = context.config.attributes
    source: Source = given["source"]
    options = comparison(source.plugin) | {
        "render_item": render_item,
        "process_revision_directives": _without_marks,
    }
    if context.is_offline_mode():
        options |= {
            "url": given["url"],
            "literal_binds": True,
            "dialect_opts": {"paramstyle": "named"},
        }
    else:
        connection = given["connection"]
        options |= {
            "connection": connection,
            # SQLite changes a table by building it anew.
            "render_as_batch": connection.dialect.name == "sqlite",
            "transactional_ddl": True,
        }
    context.configure(**options)
    if context.is_offline_mode():
        # What revisions say to their connection is written down, too.
        context.get_context().__class__ = WritingContext
    with context.begin_transaction():
        context.run_migrations()


def _without_marks(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """What we keep in a table's info is no business of a revision."""
    for directive in directives:
        for step in directive.upgrade_ops.ops:
            if isinstance(step, CreateTableOp):
                step.info = {}


class WritingContext(MigrationContext):
    """A context without a database, whose revisions may speak to one nevertheless."""

    @property
    def bind(self) -> Any:
        """What ``op.get_bind()`` gives."""
        return Scribe(self)


class Scribe:
    """Stands for a connection while a history is only written down as SQL."""

    def __init__(self, writer: Any) -> None:
        self.writer, self.dialect = writer, writer.dialect

    def execute(self, statement: Any, *_given: Any) -> None:
        """Write the statement into the script."""
        self.writer.impl.execute(statement)
