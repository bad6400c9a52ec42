"""Which plugins are on this machine."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points

from dougong.i18n import Text, _
from dougong.plugins.manifest import Manifest, ManifestFault, read_manifest

#: The entry point group in which a package names its plugin object.
GROUP = "dougong.plugins"


@dataclass
class Discovery:
    """The plugins that can be used, and why others cannot."""

    manifests: dict[str, Manifest] = field(default_factory=dict)
    problems: dict[str, Text | str] = field(default_factory=dict)

    def missing(self, name: str) -> Text | str:
        """The sentence for a plugin that cannot be used."""
        return self.problems.get(name) or _(
            "There is no plugin “%(name)s” on this machine; install its package first.", name=name
        )


def discover() -> Discovery:
    """Read every manifest; nothing is imported, and one bad package hides no other."""
    found = Discovery()
    entries: dict[str, list[EntryPoint]] = defaultdict(list)
    for entry in entry_points(group=GROUP):
        # The same distribution may be seen twice along the path: installed and in the checkout.
        if all((e.value, _dist(e)) != (entry.value, _dist(entry)) for e in entries[entry.name]):
            entries[entry.name].append(entry)
    for name, several in sorted(entries.items()):
        if len(several) > 1:
            found.problems[name] = _(
                "Several packages call themselves “%(name)s”: %(packages)s. Remove all but one.",
                name=name,
                packages=", ".join(sorted(_dist(e) or e.module for e in several)),
            )
            continue
        try:
            found.manifests[name] = read_manifest(several[0])
        except ManifestFault as fault:
            found.problems[name] = fault.sentence
    return found


def _dist(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else ""
