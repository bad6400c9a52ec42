"""What a plugin says about itself in ``dougong.toml``, read without importing a line of it."""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from dougong.hookspecs import API_VERSION
from dougong.i18n import Text, _
from dougong.plugins.locating import where_keyed
from dougong.plugins.names import PLUGIN_NAME, RESERVED

WORDS = ("name", "label", "api")
LISTS = ("requires", "enhances", "conflicts", "permissions", "capabilities")


class ManifestFault(Exception):
    """The manifest cannot be used; the sentence says what to write instead."""

    def __init__(self, sentence: Text | str, key: str = "") -> None:
        super().__init__(sentence)
        #: ``key`` is what dougong.toml says wrongly.
        self.sentence, self.key = sentence, key

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True)
class Manifest:
    """Name, version and wishes of a plugin that is on this machine."""

    name: str
    version: str
    label: str
    api: str
    package: str
    root: Path
    entry: EntryPoint
    distribution: str = ""
    requires: tuple[Requirement, ...] = ()
    enhances: tuple[Requirement, ...] = ()
    conflicts: tuple[Requirement, ...] = ()
    permissions: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()

    @property
    def migrations(self) -> Path | None:
        """The folder of its history, when it keeps one."""
        folder = self.root / "migrations"
        return folder if any(folder.glob("*.py")) else None

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the plugins it cannot do without."""
        return tuple(r.name for r in self.requires)


def read_manifest(entry: EntryPoint) -> Manifest:
    """The manifest beside the package that an entry point names; raises `ManifestFault`."""
    return read_unpacked(entry, _root(entry.module.split(".", 1)[0]))


def read_unpacked(entry: EntryPoint, root: Path) -> Manifest:
    """The manifest of a package that lies in a folder, on the path or not; raises `ManifestFault`."""
    package = entry.module.split(".", 1)[0]
    path = root / "dougong.toml"
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ManifestFault(
            _(
                "The package %(package)s has no dougong.toml beside its __init__.py. Write one, and let"
                " the wheel have it.",
                package=package,
            )
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestFault(
            _(
                "dougong.toml of %(package)s is not valid TOML: %(error)s.",
                package=package,
                error=error,
            )
        ) from None
    try:
        said = _checked(raw, entry.name)
    except ManifestFault as fault:
        where = where_keyed(path, fault.key)
        raise ManifestFault(_("%(said)s (%(where)s)", said=fault, where=where)) from None
    distribution = entry.dist
    return Manifest(
        **said,
        version=distribution.version if distribution else "0",
        distribution=distribution.name if distribution else package,
        package=package,
        root=path.parent,
        entry=entry,
    )


def _root(package: str) -> Path:
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise ManifestFault(
            _("The package %(package)s cannot be found; install it again.", package=package)
        )
    return Path(next(iter(spec.submodule_search_locations)))


def _checked(raw: Mapping[str, Any], entry_name: str) -> dict[str, Any]:
    said = raw.get("plugin")
    if not isinstance(said, dict):
        raise ManifestFault(
            _(
                "dougong.toml of “%(name)s” has no [plugin] table. Write [plugin] above name.",
                name=entry_name,
            )
        )
    for key in said:
        if key not in (*WORDS, *LISTS):
            raise _unknown(entry_name, key)
    for key in WORDS:
        if not isinstance(said.get(key), str) or not said[key]:
            raise ManifestFault(
                _(
                    'dougong.toml of “%(name)s”: “%(key)s” must be a text. Write %(key)s = "…".',
                    name=entry_name,
                    key=key,
                ),
                key,
            )
    for key in LISTS:
        value = said.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ManifestFault(
                _(
                    'dougong.toml of “%(name)s”: “%(key)s” must be a list of texts. Write %(key)s = ["…"].',
                    name=entry_name,
                    key=key,
                ),
                key,
            )
    _check_name(said["name"], entry_name)
    _check_api(said["name"], said["api"])
    found = {key: said[key] for key in WORDS}
    for key in ("requires", "enhances", "conflicts"):
        found[key] = tuple(_requirement(entry_name, key, text) for text in said.get(key, ()))
    for key in ("permissions", "capabilities"):
        found[key] = tuple(said.get(key, ()))
    return found


def _unknown(name: str, key: str) -> ManifestFault:
    near = get_close_matches(key, [*WORDS, *LISTS], 1)
    if near:
        return ManifestFault(
            _(
                "dougong.toml of “%(name)s”: there is no key “%(key)s”; “%(near)s” was meant, perhaps.",
                name=name,
                key=key,
                near=near[0],
            ),
            key,
        )
    return ManifestFault(
        _(
            "dougong.toml of “%(name)s”: there is no key “%(key)s”. Take it out.",
            name=name,
            key=key,
        ),
        key,
    )


def _check_name(name: str, entry_name: str) -> None:
    if not PLUGIN_NAME.match(name) or name in RESERVED:
        raise ManifestFault(
            _(
                "“%(name)s” cannot be a plugin's name: take 2 to 24 small letters and digits, a letter first,"
                " and none of the core's own words.",
                name=name,
            ),
            "name",
        )
    if name != entry_name:
        raise ManifestFault(
            _(
                "The entry point is called “%(entry)s”, but dougong.toml says “%(name)s”: they must agree."
                " Mend the entry point in pyproject.toml, or the name here.",
                entry=entry_name,
                name=name,
            ),
            "name",
        )


def _check_api(name: str, api: str) -> None:
    try:
        fits = SpecifierSet(api).contains(API_VERSION, prereleases=True)
    except InvalidSpecifier:
        raise ManifestFault(
            _(
                "dougong.toml of “%(name)s”: “api” must be a version range like >=1,<2, not “%(api)s”.",
                name=name,
                api=api,
            ),
            "api",
        ) from None
    if not fits:
        raise ManifestFault(
            _(
                "%(name)s is written for version %(api)s of the hooks; this core has %(have)s."
                " Install a version of one that fits the other.",
                name=name,
                api=api,
                have=API_VERSION,
            ),
            "api",
        )


def _requirement(name: str, key: str, text: str) -> Requirement:
    try:
        return Requirement(text)
    except InvalidRequirement:
        raise ManifestFault(
            _(
                "dougong.toml of “%(name)s”: “%(text)s” in “%(key)s” is not a plugin's name"
                " with an optional version range.",
                name=name,
                key=key,
                text=text,
            ),
            key,
        ) from None
