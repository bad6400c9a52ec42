"""In which order plugins load, and who stands on whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from dougong.errors import PluginProblem
from dougong.i18n import Text, _
from dougong.plugins.manifest import Manifest


class Circle(PluginProblem):
    """Plugins that wait for each other; it names them."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(
            _(
                "These plugins wait for each other in a circle: %(circle)s.",
                circle=" → ".join([*names, names[0]]),
            )
        )


def in_order(names: Collection[str], manifests: Mapping[str, Manifest]) -> list[str]:
    """Required plugins first; ``enhances`` orders only when the other is there. The same order each time."""
    done: list[str] = []
    path: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in path:
            raise Circle(path[path.index(name) :])
        path.append(name)
        manifest = manifests[name]
        before = {r.name for r in (*manifest.requires, *manifest.enhances)}
        for other in sorted(before & set(names)):
            visit(other)
        path.pop()
        done.append(name)

    for name in sorted(names):
        visit(name)
    return done


def with_requirements(names: Iterable[str], manifests: Mapping[str, Manifest]) -> set[str]:
    """These plugins and all that they stand on, as far as they are here."""
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted and name in manifests:
            wanted.add(name)
            waiting += manifests[name].needs
    return wanted


def dependents(name: str, names: Iterable[str], manifests: Mapping[str, Manifest]) -> list[str]:
    """Those among ``names`` that require this plugin, directly or through others."""
    return sorted(
        other for other in names if other != name and name in with_requirements([other], manifests)
    )


def unmet(manifest: Manifest, present: Mapping[str, Manifest]) -> Text | str:
    """Why a plugin cannot stand among these others; empty when it can."""
    for requirement in manifest.requires:
        other = present.get(requirement.name)
        if other is None:
            return _(
                "%(name)s needs %(other)s, which is not there.",
                name=manifest.name,
                other=requirement.name,
            )
        if not requirement.specifier.contains(other.version, prereleases=True):
            return _(
                "%(name)s needs %(requirement)s, but version %(version)s is there.",
                name=manifest.name,
                requirement=requirement,
                version=other.version,
            )
    for conflict in manifest.conflicts:
        other = present.get(conflict.name)
        if other is not None and conflict.specifier.contains(other.version, prereleases=True):
            return _(
                "%(name)s cannot stand beside %(other)s %(version)s.",
                name=manifest.name,
                other=conflict.name,
                version=other.version,
            )
    return ""
