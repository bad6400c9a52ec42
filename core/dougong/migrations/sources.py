"""Where each plugin's history lies, and how Alembic is told about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import CompileError

from dougong.db import metadata, owner_of
from dougong.plugins.manifest import Manifest

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Source:
    """One plugin's folder of revisions."""

    plugin: str
    path: Path

    @property
    def version_table(self) -> str:
        """Where the plugin's revision is kept: its own table, so that a missing package blocks no other."""
        return f"alembic_version_{self.plugin}"


def sources_of(manifests: Iterable[Manifest]) -> dict[str, Source]:
    """The core's history and those of the plugins that keep one."""
    found = {"core": Source("core", HERE / "versions")}
    for manifest in manifests:
        if manifest.migrations is not None:
            found[manifest.name] = Source(manifest.name, manifest.migrations)
    return found


def config_for(source: Source, **attributes: Any) -> Config:
    """Alembic's configuration for one history; ``attributes`` reach the environment."""
    from alembic.config import Config

    config = Config(output_buffer=attributes.pop("output", None))
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("version_locations", str(source.path).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(source=source, **attributes)
    return config


def comparison(plugin: str) -> dict[str, Any]:
    """How Alembic compares: this plugin's tables only, with types and defaults."""

    def include_name(name: str | None, kind: str, _parents: Mapping[str, Any]) -> bool:
        return kind != "table" or (name is not None and _is_mine(name))

    def include_object(
        item: Any, name: str | None, kind: str, _reflected: bool, _other: Any
    ) -> bool:
        return kind != "table" or _is_mine(item.name)

    def _is_mine(table: str) -> bool:
        return owner_of(table) == plugin and not table.startswith("alembic_version_")

    return {
        "target_metadata": metadata,
        "version_table": f"alembic_version_{plugin}",
        "compare_type": same_type,
        "compare_server_default": True,
        "include_name": include_name,
        "include_object": include_object,
    }


def same_type(
    context: Any, _inspected_column: Any, _column: Any, inspected: Any, declared: Any
) -> bool | None:
    """True when the types differ. Our own types are what they become on this database."""
    dialect = context.dialect
    try:
        return _spoken(inspected, dialect) != _spoken(declared, dialect)
    except CompileError:
        return None  # Alembic knows better


def _spoken(kind: Any, dialect: Any) -> str:
    return str(kind.compile(dialect=dialect)).upper().replace(" ", "")
