"""Load the words of the core and of every plugin; a source that is newer than its compiled form wins."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

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
    with (compiled if current else source).open("rb") as file:
        catalog = read_mo(file) if current else read_po(file)
    messages: Iterable[Any] = catalog
    for message in messages:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, tuple | list):  # a compiled catalogue says list
            if message.string[0]:
                yield (message.id[0], 0), message.string[0]
        elif message.string:
            yield _key(message), message.string


def _key(message: Any) -> str:
    """A word with its context; a compiled catalogue says the context in bytes."""
    context = message.context
    if isinstance(context, bytes):
        context = context.decode("utf-8")
    return f"{context}\x04{message.id}" if context else str(message.id)


def folder_of(plugin: Any) -> Path:
    """The package that a plugin object was written in."""
    return package_folder(type(plugin).__module__.partition(".")[0])


def package_folder(name: str) -> Path:
    """Where a package lies."""
    module = importlib.import_module(name)
    return Path(str(module.__file__)).parent
