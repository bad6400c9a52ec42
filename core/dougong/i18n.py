"""Words in the reader's language: marked with `_` where they are written, looked up when read.

The same English word may mean two things in two packages: a text is looked up in the catalogue of
the package that wrote it first, and in all others then.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Any

#: The languages the house speaks; the first is the one its code is written in.
LANGUAGES = {"en": "English", "zh_Hans_CN": "简体中文"}

#: By language, the words of every package, by its name; those of all of them are under "".
_catalogs: dict[str, dict[str, dict[Any, str]]] = {}
_words: ContextVar[Mapping[str, Mapping[Any, str]]] = ContextVar("words", default={})  # noqa: B039
NONE: Mapping[Any, str] = {}
#: By language and way of keeping: how many words it was made of, and the sentences by what was kept.
_retold: dict[tuple[str, Any], tuple[int, dict[str, str]]] = {}
_language: ContextVar[str] = ContextVar("language", default="en")


class Text:
    """A sentence that is translated each time it is read."""

    __slots__ = ("context", "domain", "facts", "message", "number", "plural")

    def __init__(
        self,
        message: str,
        facts: Mapping[str, object],
        plural: str = "",
        number: int = 1,
        context: str = "",
        domain: str = "",
    ) -> None:
        # A document is named now: after a rollback it could no longer say its name.
        self.facts = {
            name: fact if isinstance(fact, PLAIN) else str(fact) for name, fact in facts.items()
        }
        self.message, self.plural = message, plural
        self.number, self.context = number, context
        #: The package that says it: `dougong_crm`; empty where nobody knows.
        self.domain = domain

    def __str__(self) -> str:
        found, words = self.message, _words.get()
        key: Any = f"{self.context}\x04{found}" if self.context else found
        if self.plural:
            # Chinese has one form; English, the language of the source, has two.
            found, key = found if self.number == 1 else self.plural, (self.message, 0)
        if words:
            own = words.get(self.domain, NONE).get(key)
            found = own if own is not None else words.get("", NONE).get(key, found)
        return found % self.facts if self.facts else found

    def __html__(self) -> str:
        from markupsafe import escape

        return escape(str(self))

    def __repr__(self) -> str:
        return f"_({self.message!r})"

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, Text | str) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.message, self.context))

    def __bool__(self) -> bool:
        return bool(self.message)

    def __len__(self) -> int:
        return len(str(self))

    def __add__(self, other: object) -> str:
        return str(self) + str(other)

    def __radd__(self, other: object) -> str:
        return str(other) + str(self)


#: What a sentence may keep as it is; Text itself stays to be translated.
PLAIN = (str, int, Decimal, dt.date, Text)


def _(message: str, **facts: object) -> Text:
    """Mark a sentence for translation: ``_("%(name)s is unknown.", name=name)``."""
    return Text(message, facts, domain=_speaker())


def ngettext(one: str, many: str, number: int, **facts: object) -> Text:
    """Mark a sentence that counts: the number is ``%(number)s``."""
    return Text(one, {"number": number, **facts}, many, number, domain=_speaker())


def pgettext(context: str, message: str, **facts: object) -> Text:
    """Mark a word that means something else elsewhere: ``pgettext("invoice", "Open")``."""
    return Text(message, facts, context=context, domain=_speaker())


def listed(words: Iterable[object]) -> str:
    """Words one after another, as the reader's language sets them apart: ``A, B`` or ``A、B``."""
    return str(pgettext("between the words of a list", ", ")).join(map(str, words))


def _speaker() -> str:
    """The package in which the words are written that are being marked."""
    name: str = sys._getframe(2).f_globals.get("__name__", "")
    return name.partition(".")[0]


def language() -> str:
    """The language being spoken now."""
    return _language.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language inside the block; an unknown one is English."""
    code = code if code in LANGUAGES else "en"
    name, words = _language.set(code), _words.set(_catalogs.get(code, {}))
    try:
        yield
    finally:
        _language.reset(name)
        _words.reset(words)


def retold(sentence: str, without: Callable[[str], str]) -> str:
    """A sentence that was kept without its facts, in the reader's language; as it is, where unknown.

    ``without`` takes the facts out of a message, as it was done when the sentence was kept.
    """
    words = _words.get().get("", NONE)
    if not words:
        return sentence
    key = _language.get(), without
    if key not in _retold or _retold[key][0] != len(words):
        pairs = ((m[0] if isinstance(m, tuple) else m, said) for m, said in words.items())
        _retold[key] = len(words), {without(m): without(said) for m, said in pairs}
    return _retold[key][1].get(sentence, sentence)


def learn(code: str, words: Mapping[Any, str], domain: str = "") -> None:
    """Add a package's words to a language: its own, and for all where nobody has them yet."""
    known = _catalogs.setdefault(code, {})
    if domain:
        known[domain] = dict(words)
    shared = known.setdefault("", {})
    for message, translation in words.items():
        shared.setdefault(message, translation)
