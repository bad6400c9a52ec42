"""How good a plugin is: bronze, silver, gold; found out by looking and by running, never claimed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dougong.i18n import LANGUAGES, Text, _
from dougong.plugins.manifest import Manifest
from dougong.vetting.reading import Facts, read_package

LEVELS = ("none", "bronze", "silver", "gold")
#: A README with fewer words tells nobody what the plugin is for and how it is used.
LEAST_WORDS = 60


@dataclass(frozen=True)
class Standing:
    """A level, and what keeps the plugin from the next one."""

    level: str
    missing: list[Text | str] = field(default_factory=list)


@dataclass(frozen=True)
class Ran:
    """What its contract and its own tests said, of this very package with this very core."""

    #: Failed promises; None when the contract was not run.
    contract: list[str] | None = None
    #: How many own tests passed, beside the contract; None when they were not run.
    tests: int | None = None
    #: Own tests that failed.
    failed: list[str] = field(default_factory=list)
    #: Promises that were kept; None when the contract was not run.
    kept: int | None = None


def level_of(manifest: Manifest, told: Mapping[str, Any], ran: Ran) -> Standing:
    """The level of a plugin.

    ``told`` is what a child process found (`dougong.vetting.child`). Bronze: it loads and keeps its
    tables. Silver: every promise of `PluginContract` is kept. Gold: in all languages, with
    documentation, tests of its own, and nothing that a later core takes away.
    """
    steps = (_bronze(told), _silver(told, ran), _gold(manifest, told, ran))
    reached = 0
    for missing in steps:
        lacking = list(dict.fromkeys(missing))
        if lacking:
            return Standing(LEVELS[reached], lacking)
        reached += 1
    return Standing(LEVELS[reached])


def _bronze(told: Mapping[str, Any]) -> Iterator[Text | str]:
    if told.get("failed"):
        yield told["failed"]
        return
    yield from told["faults"]["tables"]


def _silver(told: Mapping[str, Any], ran: Ran) -> Iterator[Text | str]:
    yield from told["faults"]["promises"]
    if ran.contract is None:
        yield _(
            "Its contract was not run on this package: `dougong plugin run-contracts %(name)s`.",
            name=told["profile"]["name"],
        )
        return
    yield from ran.contract


def _gold(manifest: Manifest, told: Mapping[str, Any], ran: Ran) -> Iterator[Text | str]:
    facts = read_package(manifest.root)
    if words := told["faults"]["words"]:
        yield _(
            "It is not translated into all of %(languages)s: %(first)s",
            languages=", ".join(LANGUAGES.values()),
            first=words[0],
        )
    yield from _documents(manifest, facts)
    yield from told["profile"]["old names"]
    for module, where in facts.private.items():
        yield _(
            "It imports %(module)s (%(where)s), which may change with any minor version.",
            module=module,
            where=where,
        )
    if not ran.tests:
        yield _("It has no tests of its own, or they were not found beside the package.")
    yield from ran.failed


def _documents(manifest: Manifest, facts: Facts) -> Iterator[Text | str]:
    distribution = manifest.entry.dist
    text = str(distribution.metadata.get_payload() or "") if distribution else ""  # type: ignore[attr-defined]
    if len(text.split()) < LEAST_WORDS:
        yield _(
            "Its package has no description of %(count)s words and more: name a README.md in pyproject.toml.",
            count=LEAST_WORDS,
        )
    if facts.silent:
        yield _(
            "%(count)s of its classes and functions say nothing of themselves: %(first)s.",
            count=len(facts.silent),
            first=facts.silent[0],
        )
    if not (manifest.root / "py.typed").exists():
        yield _("It has no py.typed: whoever uses it gets no types.")


# -- what was run -------------------------------------------------------------------------------


def fingerprint(manifest: Manifest) -> str:
    """Which package it is: its version, the core's, and the content of every file that counts."""
    from importlib.metadata import version

    digest = hashlib.sha256(f"{manifest.version} {version('dougong-core')}".encode())
    for path in sorted(manifest.root.rglob("*")):
        if path.is_file() and path.suffix in (".py", ".html", ".toml", ".po", ".js", ".css"):
            digest.update(path.relative_to(manifest.root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def remember(file: Path, manifest: Manifest, ran: Ran) -> None:
    """Keep what was run, beside the site; it counts until the package or the core changes."""
    known = _known(file)
    known[manifest.name] = {
        "package": fingerprint(manifest),
        "contract": ran.contract,
        "tests": ran.tests,
        "failed": ran.failed,
        "kept": ran.kept,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")


def remembered(file: Path, manifest: Manifest) -> Ran:
    """What was run of this very package; nothing when it was another one."""
    said = _known(file).get(manifest.name, {})
    if said.get("package") != fingerprint(manifest):
        return Ran()
    return Ran(said["contract"], said["tests"], said["failed"], said.get("kept"))


def _known(file: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(file.read_text("utf-8")))
    except (FileNotFoundError, ValueError):
        return {}
