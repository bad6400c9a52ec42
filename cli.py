"""Run Dougong from a checkout: the same command as the installed ``dougong``.

Packages that are not installed are taken from the source tree.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
#: The question for all distributions there are.
EVERY = metadata.DistributionFinder.Context()


class TreeDistribution(metadata.Distribution):
    """A folder with a ``pyproject.toml``, told as if it were installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]

    def read_text(self, filename: str) -> str | None:
        """Name, version and entry points: all that is ever asked for."""
        project = self.project
        if filename in ("METADATA", "PKG-INFO"):
            needs = "".join(f"Requires-Dist: {n}\n" for n in project.get("dependencies", ()))
            return f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n{needs}"
        if filename == "entry_points.txt":
            groups = project.get("entry-points", {})
            return "\n".join(
                "\n".join([f"[{group}]", *(f"{k} = {v}" for k, v in entries.items())])
                for group, entries in groups.items()
            )
        return None

    def locate_file(self, path: Any) -> Path:
        """A file of the folder."""
        return self.folder / str(path)


class TreeFinder(metadata.DistributionFinder):
    """Lets `importlib.metadata` see the folders of the checkout."""

    def __init__(self, folders: list[Path]) -> None:
        self.distributions = [TreeDistribution(folder) for folder in folders]

    def find_spec(self, *_given: Any, **_named: Any) -> None:
        """Modules are found by the path."""

    def find_distributions(
        self, context: metadata.DistributionFinder.Context = EVERY
    ) -> Iterator[metadata.Distribution]:
        """The folders, or the one that is asked for."""
        for distribution in self.distributions:
            if context.name in (None, distribution.metadata["Name"]):
                yield distribution


def use_source_tree() -> None:
    """Put every package of the checkout that is not installed on the path."""
    missing = []
    for project in [
        ROOT / "core",
        *sorted(ROOT.glob("plugins/*")),
        *sorted(ROOT.glob("examples/*")),
    ]:
        if not (project / "pyproject.toml").is_file():
            continue
        name = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]["name"]
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            missing.append(project)
    if missing:
        sys.path[:0] = [str(folder) for folder in missing]
        sys.meta_path.append(TreeFinder(missing))


if __name__ == "__main__":
    # The folder of this file holds no module of ours.
    sys.path[:] = [place for place in sys.path if Path(place or ".").resolve() != ROOT]
    use_source_tree()
    from dougong.cli import main

    main()
