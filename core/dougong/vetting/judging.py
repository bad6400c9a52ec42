"""Whether a wheel may come in: what it brings, which promises it breaks, what it gets in the way of."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from dougong.i18n import Text, _
from dougong.plugins.discovery import Discovery
from dougong.plugins.manifest import Manifest, ManifestFault, read_unpacked
from dougong.plugins.order import unmet
from dougong.vetting.child import ask_child
from dougong.vetting.reading import Facts, read_package
from dougong.vetting.wheels import Wheel, open_wheel

Kind = Literal["fault", "conflict", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing to know of a wheel. A fault or a conflict keeps it out, a warning does not."""

    kind: Kind
    sentence: Text | str


@dataclass(frozen=True)
class Surroundings:
    """Where it would come to: the packages of this machine, and the site where there is one."""

    found: Discovery
    #: Plugin → version in the database; empty without a site.
    installed: Mapping[str, str] = field(default_factory=dict)
    #: Tables that are in the database.
    tables: Collection[str] = ()


@dataclass
class Verdict:
    """All that was found out about a wheel."""

    name: str = ""
    version: str = ""
    findings: list[Finding] = field(default_factory=list)
    #: What it brings; empty when it was not, or could not be, imported.
    profile: dict[str, Any] = field(default_factory=dict)

    @property
    def welcome(self) -> bool:
        """Whether nothing stands against it."""
        return not any(f.kind in ("fault", "conflict") for f in self.findings)

    def say(self, kind: Kind, *sentences: Text | str) -> None:
        """Add findings of one kind, once each."""
        for sentence in sentences:
            if all(str(f.sentence) != str(sentence) for f in self.findings):
                self.findings.append(Finding(kind, sentence))


def judge(path: Path, around: Surroundings, *, imports: bool = True) -> Verdict:
    """Look at a wheel from all sides; nothing of it stays behind.

    Its files are read first. Then, unless ``imports`` is false or they are too broken, it is
    imported in a process of its own that knows no site. Raises `Refused` when it is no wheel.
    """
    verdict = Verdict()
    with tempfile.TemporaryDirectory() as place:
        wheel = open_wheel(path, Path(place))
        verdict.name, verdict.version = wheel.name, wheel.distribution.version
        facts = read_package(wheel.package)
        _tell_facts(verdict, facts)
        manifest = _manifest(verdict, wheel)
        if manifest is None:
            return verdict
        verdict.say("conflict", *_conflicts(wheel, manifest, around))
        if imports and not facts.unreadable:
            _import(verdict, wheel, around)
    return verdict


def _manifest(verdict: Verdict, wheel: Wheel) -> Manifest | None:
    try:
        return read_unpacked(wheel.entry, wheel.package)
    except ManifestFault as fault:
        verdict.say("fault", fault.sentence)
        return None


def _tell_facts(verdict: Verdict, facts: Facts) -> None:
    """What the files say, as sentences."""
    for file, error in facts.unreadable.items():
        verdict.say("fault", _("%(file)s is no Python: %(error)s.", file=file, error=error))
    for where in facts.saves:
        verdict.say(
            "warning",
            _(
                "It saves by itself (%(where)s): leave that to whoever opened the unit of work.",
                where=where,
            ),
        )
    for where in facts.inline:
        verdict.say(
            "fault",
            _(
                "A template holds a script or a style that browsers refuse (%(where)s): move it into a"
                " file below static/.",
                where=where,
            ),
        )
    for module, where in facts.private.items():
        verdict.say(
            "warning",
            _(
                "It imports %(module)s (%(where)s), which may change with any minor version.",
                module=module,
                where=where,
            ),
        )
    for name, where in facts.old.items():
        verdict.say(
            "warning", _("It uses %(name)s (%(where)s), which will go.", name=name, where=where)
        )


def _conflicts(wheel: Wheel, manifest: Manifest, around: Surroundings) -> Iterator[Text | str]:
    """What on this machine and in the site does not go together with it."""
    name, others = manifest.name, dict(around.found.manifests)
    here = others.pop(name, None)
    mine = canonicalize_name(wheel.distribution.metadata["Name"])
    if here is not None and canonicalize_name(here.distribution) != mine:
        yield _(
            "The name “%(name)s” belongs to the package %(package)s already: give the plugin another one.",
            name=name,
            package=here.distribution,
        )
    for other in others.values():
        if other.package == manifest.package:
            yield _(
                "Its package %(package)s is the package of “%(other)s” already.",
                package=manifest.package,
                other=other.name,
            )
    if sentence := unmet(manifest, others):
        yield sentence
    for other in others.values():
        for said in other.conflicts:
            if said.name == name and said.specifier.contains(manifest.version, prereleases=True):
                yield _(
                    "%(other)s cannot stand beside %(name)s %(version)s.",
                    other=other.name,
                    name=name,
                    version=manifest.version,
                )
    yield from _against_needs(manifest, others, around)
    yield from _against_site(manifest, around)


def _against_needs(
    manifest: Manifest, others: Mapping[str, Manifest], around: Surroundings
) -> Iterator[Text | str]:
    """Plugins that need another version of it."""
    for other in others.values():
        for said in other.requires:
            if said.name == manifest.name and not _fits(said, manifest.version):
                yield _(
                    "%(other)s needs %(requirement)s, but the wheel is version %(version)s.",
                    other=other.name,
                    requirement=said,
                    version=manifest.version,
                )


def _against_site(manifest: Manifest, around: Surroundings) -> Iterator[Text | str]:
    """What is in the database already under its name."""
    name, installed = manifest.name, around.installed.get(manifest.name)
    if installed and Version(installed) > Version(manifest.version):
        yield _(
            "Version %(old)s of %(name)s is in the site; %(new)s is older.",
            old=installed,
            name=name,
            new=manifest.version,
        )
    known = f"alembic_version_{name}" in around.tables
    if not known:
        strangers = sorted(t for t in around.tables if t.startswith(f"{name}_"))
        if strangers:
            yield _(
                "The database has tables that begin with “%(name)s_” and belong to nobody: %(tables)s.",
                name=name,
                tables=", ".join(strangers),
            )


def _fits(requirement: Requirement, version: str) -> bool:
    return requirement.specifier.contains(version, prereleases=True)


def _import(verdict: Verdict, wheel: Wheel, around: Surroundings) -> None:
    """Let a process of its own load it, alone and beside what is in the site."""
    beside = around.installed.keys() & around.found.manifests.keys()
    told = ask_child(wheel.name, wheel.folder, beside or around.found.manifests.keys())
    if told.get("failed"):
        verdict.say("fault", told["failed"])
        return
    verdict.profile = told["profile"]
    verdict.say("fault", *told["faults"]["tables"], *told["faults"]["promises"])
    verdict.say("conflict", *told["beside"])
    verdict.say("warning", *verdict.profile["old names"], *told["faults"]["words"])
