"""The manifest and the package say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dougong.plugins.manifest import Manifest

CORE = "dougong-core"


def requirement_faults(
    manifest: Manifest, said: Iterable[str], others: Mapping[str, Manifest]
) -> Iterator[str]:
    """Whoever installs the package gets what ``dougong.toml`` requires, and nothing it hides.

    ``said`` are the package's requirements as its metadata have them.
    """
    wanted = {canonicalize_name(r.name) for r in map(Requirement, said) if not _extra(r)}
    if CORE not in wanted:
        yield (
            f"{manifest.distribution} does not require {CORE}: add"
            f' "{CORE}>=0.1,<0.2" to dependencies in pyproject.toml.'
        )
    packages = {
        canonicalize_name(other.distribution or f"dougong-{name}"): name
        for name, other in others.items()
    }
    named = {
        packages.get(name) or (name.removeprefix("dougong-") if name.startswith("dougong-") else "")
        for name in wanted - {CORE}
    } - {""}
    for name in sorted(set(manifest.needs) - named):
        package = others[name].distribution if name in others else f"dougong-{name}"
        yield (
            f"dougong.toml requires “{name}”, but the package does not: add"
            f' "{package}" to dependencies in pyproject.toml.'
        )
    for name in sorted(named - set(manifest.needs) - {manifest.name}):
        yield (
            f"The package depends on the plugin “{name}”, but dougong.toml does not say so: add"
            f' requires = ["{name}"], or make it an extra of pyproject.toml if the plugin can do'
            f" without."
        )


def _extra(requirement: Requirement) -> bool:
    return requirement.marker is not None and "extra" in str(requirement.marker)
