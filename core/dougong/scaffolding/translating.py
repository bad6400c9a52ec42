"""What a package says in Chinese from its first day: the templates' words, and the author's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dougong.scaffolding.words import WORDS
from dougong.web.catalogues import TRANSLATED, Package, update


@dataclass(frozen=True)
class Own:
    """The author's own words: what they call the plugin, one thing and several, in both languages.

    An empty Chinese word means that the author did not say it: what other packages call the thing is
    taken, and else the English word stands, so that nothing is without words.
    """

    label: str
    one: str
    many: str
    label_zh: str = ""
    zh: str = ""

    def said(self, known: Mapping[Any, Any]) -> dict[str, str]:
        """Each of them with what the Chinese catalogue says."""
        return {
            self.label: self.label_zh or known.get((self.label, None)) or self.label,
            self.one: self.zh or known.get((self.one, None)) or self.one,
            self.many: self.zh or known.get((self.many, None)) or self.many,
        }

    def english(self, known: Mapping[Any, Any]) -> list[str]:
        """Those that the Chinese catalogue says in English, for their author to translate."""
        return [word for word, said in self.said(known).items() if said == word and word.isascii()]


def translate(package: Package, own: Own, known: Mapping[Any, Any]) -> None:
    """Write the catalogue; what it says already stays, and a sentence nobody knows is left empty."""
    said = own.said(known)
    label, several = said[own.label], said[own.many]
    words = {
        **WORDS,
        **said,
        f"Due: {own.many}": f"到期：{several}",
        f"{own.label}: clerk": f"{label}：经办人",
    }
    ours = {(english, None): chinese for english, chinese in words.items()}
    for code in TRANSLATED:
        update(package, code, {**known, **ours}, suggest=False)
