"""Catalogues of translations: collect what is said, keep what is translated, tell what is missing."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dougong.i18n import LANGUAGES

METHODS = [
    ("**/migrations/versions/**.py", "ignore"),
    ("**.py", "dougong.web.catalogues:words_of_python"),
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


class Clash(NamedTuple):
    """A message that packages translate differently: what is said, and by whom."""

    message: Any
    context: str
    said: Mapping[Any, list[str]]

    def __str__(self) -> str:
        where = f" ({self.context})" if self.context else ""
        told = "; ".join(f"{said!r}: {', '.join(names)}" for said, names in self.said.items())
        return f"{self.message!r}{where}: {told}"


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


def words_of_python(
    file: IO[bytes], keywords: Collection[str], _tags: object, options: object
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """What a module marks; inside an f-string, too, which tokens alone do not show on Python 3.11."""
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
        if name in keywords:
            values = (getattr(given, "value", None) for given in call.args)
            said = tuple(value if isinstance(value, str) else None for value in values)
            if any(said):
                yield call.lineno, str(name), said if len(said) > 1 else said[0], []


def update(
    package: Package, code: str, known: Mapping[Any, Any], *, suggest: bool = True
) -> tuple[int, list[Any]]:
    """Write the catalogue anew, keeping translations; returns how many there are and what is missing.

    What another package says of a word is taken over as a suggestion, marked fuzzy: it is neither
    shown nor counted as translated before somebody has read it and taken the mark away; without
    ``suggest`` what is known is the translation.
    """
    path, fresh = package.source(code), collect(package)
    kept = said_in(path)
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
        said, fuzzy = kept.get((message.id, message.context), ("", False))
        if not _complete(said):
            said = known.get((message.id, message.context), "")
            fuzzy = suggest and _complete(said)
        # Without line numbers: moved code makes no new catalogue.
        places: Any = sorted({(file, None) for file, _line in message.locations})
        flags = ["fuzzy"] if fuzzy else []
        catalog.add(message.id, said, locations=places, context=message.context, flags=flags)
        if fuzzy or not _complete(said):
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


def clashes(among: Iterable[Package], code: str) -> Iterator[Clash]:
    """Messages that packages translate differently: one word with two meanings needs two contexts."""
    found: dict[Any, dict[Any, list[str]]] = {}
    for package in among:
        for key, said in _translations(package.source(code)).items():
            found.setdefault(key, {}).setdefault(said, []).append(package.name)
    for (message, context), said in sorted(found.items(), key=str):
        if len(said) > 1:
            yield Clash(message, context or "", said)


def _translations(path: Path) -> dict[Any, Any]:
    """What is translated, and read by somebody."""
    return {key: said for key, (said, fuzzy) in said_in(path).items() if not fuzzy}


def said_in(path: Path) -> dict[Any, tuple[Any, bool]]:
    """Every translation, and whether it is only a suggestion."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file)
    return {
        (m.id, m.context): (m.string, bool(m.fuzzy))
        for m in catalog
        if m.id and _complete(m.string)
    }


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
