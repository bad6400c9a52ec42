"""Catalogues of translations: collect what is said, keep what is translated, tell what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dougong.i18n import LANGUAGES

METHODS = [
    ("**/migrations/versions/**.py", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
]
KEYWORDS: Mapping[str, Any] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
#: The code is written in the first; the others are translations.
TRANSLATED = list(LANGUAGES)[1:]
WRITTEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass
class Package:
    """A package whose words are collected: the core, or a plugin."""

    name: str
    folder: Path
    #: Words that stand nowhere in the source: labels derived from names, the plugin's own label.
    derived: set[str] = field(default_factory=set)

    def source(self, code: str) -> Path:
        """Where its catalogue of a language lies."""
        return self.folder / "translations" / code / "LC_MESSAGES" / "messages.po"


def collect(package: Package) -> Catalog:
    """Everything the package says, with where it says it."""
    found = Catalog(domain=package.name, fuzzy=False)
    for file, line, message, _comments, context in extract_from_dir(
        package.folder, method_map=METHODS, keywords=KEYWORDS
    ):
        found.add(message, locations=[(Path(file).as_posix(), line)], context=context)
    for word in sorted(package.derived):
        if word not in found:
            found.add(word)
    return found


def update(package: Package, code: str, known: Mapping[Any, Any]) -> tuple[int, list[Any]]:
    """Write the catalogue anew, keeping translations; returns how many there are and what is missing."""
    path, fresh = package.source(code), collect(package)
    kept = {**known, **_translations(path)}
    catalog = Catalog(
        locale=code, domain=package.name, project=f"dougong-{package.name}", version="1",
        msgid_bugs_address="-", last_translator="Dougong", language_team="Dougong", fuzzy=False,
    )  # fmt: skip
    catalog.header_comment = f"# {LANGUAGES[code]}: {package.name}"
    # The same words make the same file, whenever it is written.
    catalog.creation_date = catalog.revision_date = WRITTEN
    missing = []
    for message in sorted(fresh, key=lambda m: str(m.id)):
        if not message.id:
            continue
        said = kept.get((message.id, message.context), "")
        # Without line numbers: moved code makes no new catalogue.
        places: Any = sorted({(file, None) for file, _line in message.locations})
        catalog.add(message.id, said, locations=places, context=message.context)
        if not _complete(said):
            missing.append(message.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, omit_header=False)
    return len(catalog), missing


def missing(package: Package, code: str) -> Iterator[Any]:
    """What the package says and its catalogue does not translate."""
    known = _translations(package.source(code))
    for message in collect(package):
        if message.id and not _complete(known.get((message.id, message.context), "")):
            yield message.id


def _complete(said: Any) -> bool:
    return all(said) and bool(said) if isinstance(said, tuple | list) else bool(said)


def _translations(path: Path) -> dict[Any, Any]:
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file)
    return {(m.id, m.context): m.string for m in catalog if m.id and _complete(m.string)}


def packages(names: Iterable[str] = ()) -> list[Package]:
    """The core and the plugins of this machine, or those of them that are named."""
    from dougong.plugins.building import assemble
    from dougong.plugins.discovery import discover
    from dougong.resources.nouns import build
    from dougong.web.translations import package_folder

    found = discover()
    wiring = assemble(found, list(found.manifests)).wiring
    everything = [Package("core", package_folder("dougong"))]
    everything += [
        Package(name, package_folder(manifest.package), {manifest.label})
        for name, manifest in found.manifests.items()
    ]
    by_name = {package.name: package for package in everything}
    for noun in build(wiring):
        owner = by_name.get(noun.plugin)
        if owner is not None:
            owner.derived |= {one.words for one in noun.every_field() if one.words}
    wanted = set(names)
    return [p for p in everything if not wanted or p.name in wanted]


def known_words(among: Iterable[Package], code: str) -> dict[Any, Any]:
    """Translations that any package has: the same word is not translated twice."""
    words: dict[Any, Any] = {}
    for package in among:
        for key, said in _translations(package.source(code)).items():
            words.setdefault(key, said)
    return words
