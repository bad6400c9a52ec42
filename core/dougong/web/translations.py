"""Load the words of the core and of every plugin; a source that is newer than its compiled form wins."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

from dougong.i18n import LANGUAGES, learn

_learned: dict[Path, float] = {}


def learn_all(plugins: Iterable[Any]) -> None:
    """Teach the house the words of the core and of these plugin objects."""
    for folder in [package_folder("dougong"), *map(folder_of, plugins)]:
        for code in LANGUAGES:
            source = folder / "translations" / code / "LC_MESSAGES" / "messages.po"
            learn_from(source, code, folder.name)


def learn_from(source: Path, code: str, domain: str = "") -> None:
    """Teach the words of one package's catalogue; what was read and has not changed is left alone."""
    compiled = source.with_suffix(".mo")
    stamp = max((f.stat().st_mtime for f in (source, compiled) if f.exists()), default=0.0)
    if not stamp or _learned.get(source) == stamp:
        return
    _learned[source] = stamp
    learn(code, dict(words_in(source)), domain)


def words_in(source: Path) -> Iterator[tuple[Any, str]]:
    """The translated messages of a catalogue, by the keys that `dougong.i18n.Text` looks for."""
    compiled = source.with_suffix(".mo")
    current = compiled.exists() and not (
        source.exists() and source.stat().st_mtime > compiled.stat().st_mtime
    )
    return _compiled(compiled) if current else _written(source)


def _compiled(path: Path) -> Iterator[tuple[Any, str]]:
    """The words of a compiled catalogue; it keeps them by these very keys."""
    with path.open("rb") as file:
        words: dict[Any, str] = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    for key, word in words.items():
        if key and word and (isinstance(key, str) or key[1] == 0):
            yield key, word


def _written(path: Path) -> Iterator[tuple[Any, str]]:
    """The words of a catalogue as translators write it."""
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalog: Iterable[Any] = read_po(file)
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, tuple | list):
            if message.string[0]:
                yield (message.id[0], 0), str(message.string[0])
        elif message.string:
            key = f"{message.context}\x04{message.id}" if message.context else str(message.id)
            yield key, str(message.string)


def folder_of(plugin: Any) -> Path:
    """The package that a plugin object was written in."""
    return package_folder(type(plugin).__module__.partition(".")[0])


def package_folder(name: str) -> Path:
    """Where a package lies."""
    module = importlib.import_module(name)
    return Path(str(module.__file__)).parent
