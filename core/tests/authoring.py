"""Plugins written for a test: a package and its metadata in a folder on the path."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from dougong.plugins import building
from dougong.plugins.collecting import forget

MANIFEST = """
[plugin]
name = "{name}"
label = "{label}"
api = ">=1,<2"
requires = {requires}
enhances = {enhances}
"""

PLUGIN = """
from dougong import Plugin

class It(Plugin):
{body}

plugin = It()
"""

BASE = """
from sqlalchemy.orm import DeclarativeBase
from dougong import Tables

class Base(Tables, DeclarativeBase):
    __plugin__ = "{name}"
"""


class Author:
    """Writes plugins: ``author.write("sick", "def menus(self): …")``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: set[str] = set()

    def write(
        self,
        name: str,
        body: str = "pass",
        *,
        code: str = "",
        manifest: str | None = "",
        requires: list[str] | None = None,
        enhances: list[str] | None = None,
        version: str = "1.0",
        distribution: str = "",
        entry: str = "",
        files: dict[str, str] | None = None,
    ) -> None:
        """A package ``dougong_<name>`` with a manifest, a plugin object and other files."""
        self.names.add(name)
        package = self.folder / f"dougong_{name}"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").write_text("")
        (package / "db.py").write_text(BASE.format(name=name))
        body = "\n".join(f"    {line}" for line in dedent(body).strip().splitlines())
        (package / "plugin.py").write_text(dedent(code) or PLUGIN.format(body=body))
        if manifest is not None:
            text = manifest or MANIFEST.format(
                name=name, label=name.title(), requires=requires or [], enhances=enhances or []
            )
            (package / "dougong.toml").write_text(text)
        for path, content in (files or {}).items():
            target = package / path
            target.parent.mkdir(exist_ok=True)
            target.write_text(dedent(content))
        self.tell(name, version, distribution or f"dougong-{name}", entry)

    def tell(self, name: str, version: str, distribution: str, entry: str = "") -> None:
        """The metadata that pip would have written."""
        for old in self.folder.glob(f"{distribution.replace('-', '_')}-*.dist-info/*"):
            old.unlink()
        info = self.folder / f"{distribution.replace('-', '_')}-{version}.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
        )
        point = entry or f"{name} = dougong_{name}.plugin:plugin"
        (info / "entry_points.txt").write_text(f"[dougong.plugins]\n{point}\n")
        for folder in self.folder.glob("*.dist-info"):
            if not any(folder.iterdir()):
                folder.rmdir()
        importlib.invalidate_caches()

    def restart(self) -> None:
        """As if a fresh process had begun: nothing of the written plugins is imported."""
        for name in self.names:
            forget(name, f"dougong_{name}")
        building._seen.difference_update(self.names)
        importlib.invalidate_caches()


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Author]:
    """Writes plugins that are found like installed ones."""
    folder = tmp_path / "written"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    writing = Author(folder)
    yield writing
    writing.restart()
