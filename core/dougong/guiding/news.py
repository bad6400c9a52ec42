"""What is new: the short notes that each package carries, version by version, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.version import InvalidVersion, Version

from dougong.guiding.seen import seen_by
from dougong.i18n import LANGUAGES
from dougong.web.translations import package_folder

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.actors import Actor

#: The folder of a package that holds its notes: ``news/0.2.0.en.md``, a sentence a line.
FOLDER = "news"
#: The language in which every note is written.
FIRST = "en"


@dataclass(frozen=True)
class News:
    """What one version of one package has brought."""

    #: ``core``, or a plugin's name.
    package: str
    version: str
    sentences: Sequence[str]

    @property
    def name(self) -> str:
        """Under which it is remembered that somebody has seen it."""
        return f"{self.package} {self.version}"


def all_news(runtime: Any, language: str) -> list[News]:
    """The notes of the core and of the enabled plugins: of each package the latest version first."""
    return [
        News(package, version, sentences)
        for package, folder in _folders(runtime)
        for version, sentences in notes_in(folder, language)
    ]


def fresh_news(session: Session, runtime: Any, actor: Actor) -> set[str]:
    """The names of the latest notes of each package that the person has not seen."""
    latest: dict[str, str] = {}
    for one in all_news(runtime, FIRST):
        latest.setdefault(one.package, one.name)
    return set(latest.values()) - seen_by(session, actor, "news", latest.values())


@cache
def notes_in(folder: Path, language: str) -> Sequence[tuple[str, Sequence[str]]]:
    """The notes of one package, the latest version first; in English where a language has none."""
    versions = []
    for path in (folder / FOLDER).glob(f"*.{FIRST}.md"):
        version = path.name.removesuffix(f".{FIRST}.md")
        try:
            versions.append((Version(version), version))
        except InvalidVersion:
            continue
    found = []
    for _order, version in sorted(versions, reverse=True):
        paths = [folder / FOLDER / f"{version}.{code}.md" for code in (language, FIRST)]
        path = next(p for p in paths if p.is_file())
        found.append((version, tuple(_sentences(path.read_text("utf-8")))))
    return tuple(found)


def languages_of(folder: Path, version: str) -> set[str]:
    """The languages in which a version's note is written."""
    return {code for code in LANGUAGES if (folder / FOLDER / f"{version}.{code}.md").is_file()}


def _sentences(text: str) -> Iterable[str]:
    lines = (line.strip() for line in text.splitlines())
    return (line.removeprefix("- ") for line in lines if line)


def _folders(runtime: Any) -> Iterable[tuple[str, Path]]:
    yield "core", package_folder("dougong")
    for name, plugin in runtime.wiring.plugins.items():
        yield name, package_folder(type(plugin).__module__.partition(".")[0])
