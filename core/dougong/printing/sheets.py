"""What a paper consists of: plain parts, whose words are shown as they are.

A layout says what stands where; how it looks is the core's. No word of a part is ever read as a
program: `told` makes data of it.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dougong.i18n import Text

Say = Text | str
Data = dict[str, Any]

#: How wide the narrowest bar is in millimetres where nobody says how wide all are together.
NARROWEST = 0.33
#: Signs without a picture that belong into words all the same: joiners of emoji and of scripts.
_KEPT = {"\u200c", "\u200d"}


def told(words: object) -> list[str]:
    """The lines of some words, in the language being spoken, as the typesetter shows them.

    The one place where words become part of a paper. They travel as data and are never read as
    typesetting commands; what has no picture (control signs, half characters) is left out, so
    that nothing can turn the reading order or break the file.
    """
    text = unicodedata.normalize("NFC", str(words)).encode("utf-8", "ignore").decode()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return ["".join(filter(_has_picture, line)) for line in text.split("\n")] if text else []


def _has_picture(sign: str) -> bool:
    return sign in _KEPT or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn")


@dataclass(frozen=True)
class Facts:
    """Label and value, one below the other; what has no value is left out."""

    rows: Sequence[tuple[Say, object]]
    title: Say = ""

    def data(self) -> Data:
        """As the typesetter takes it."""
        rows = [(told(label), told("" if value is None else value)) for label, value in self.rows]
        return {
            "kind": "facts",
            "title": told(self.title),
            "rows": [[" ".join(label), value] for label, value in rows if any(value)],
        }


@dataclass(frozen=True)
class Column:
    """A column of a table; figures stand to the right, words share the width by ``share``."""

    head: Say
    figure: bool = False
    share: int = 1


@dataclass(frozen=True)
class Row:
    """A row of a table, where it needs more than its cells: a sum, a step inwards."""

    cells: Sequence[object]
    strong: bool = False
    level: int = 0


@dataclass(frozen=True)
class Table:
    """Lines below heads, which are repeated on each page; ``foot`` are the sums below."""

    columns: Sequence[Column]
    rows: Sequence[Row | Sequence[object]]
    foot: Sequence[object] = ()
    title: Say = ""

    def data(self) -> Data:
        """As the typesetter takes it."""
        return {
            "kind": "table",
            "title": told(self.title),
            "columns": [
                {"head": told(c.head), "figure": c.figure, "share": 0 if c.figure else c.share}
                for c in self.columns
            ],
            "rows": [self._row(row) for row in self.rows],
            "foot": [told(cell) for cell in self.foot],
        }

    def _row(self, row: Row | Sequence[object]) -> Data:
        full = row if isinstance(row, Row) else Row(row)
        if len(full.cells) != len(self.columns):
            raise ValueError(f"{len(full.cells)} cells in a table of {len(self.columns)} columns")
        cells = [told(cell) for cell in full.cells]
        return {"cells": cells, "strong": full.strong, "level": full.level}


@dataclass(frozen=True)
class Sum:
    """One line of the sums at the right; the strong one is what counts."""

    label: Say
    text: object
    strong: bool = False


@dataclass(frozen=True)
class Sums:
    """What the lines add up to, at the right below them."""

    rows: Sequence[Sum]

    def data(self) -> Data:
        """As the typesetter takes it."""
        rows = [
            {"label": told(r.label), "text": told(r.text), "strong": r.strong} for r in self.rows
        ]
        return {"kind": "sums", "rows": rows}


@dataclass(frozen=True)
class Words:
    """A paragraph; ``size`` is relative to the other letters."""

    text: object
    title: Say = ""
    size: float = 1
    strong: bool = False
    soft: bool = False
    centre: bool = False

    def data(self) -> Data:
        """As the typesetter takes it."""
        return {
            "kind": "words", "title": told(self.title), "text": told(self.text), "size": self.size,
            "strong": self.strong, "soft": self.soft, "centre": self.centre,
        }  # fmt: skip


@dataclass(frozen=True)
class Code:
    """A code that a reader scans: bars (Code 128) for letters, digits and signs, or a square (QR).

    Sizes are in millimetres; ``text`` stands below, the content itself when it is None. Raises
    `Refused` where bars cannot say the content, and where the library is not installed.
    """

    content: str
    square: bool = False
    width: int | None = None
    height: int | None = None
    text: Say | None = None
    centre: bool = False

    def data(self) -> Data:
        """As the typesetter takes it."""
        from dougong.printing.codes import bars, square

        drawn = square(self.content) if self.square else bars(self.content)
        if self.square:
            width = height = self.width or self.height or 25
        else:
            width = self.width or round(drawn.modules * NARROWEST)
            height = self.height or 14
        below = self.content if self.text is None else self.text
        return {
            "kind": "code", "svg": drawn.svg, "text": told(below), "width": width,
            "height": height, "centre": self.centre,
        }  # fmt: skip


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, beside each other."""

    labels: Sequence[Say]

    def data(self) -> Data:
        """As the typesetter takes it."""
        return {"kind": "signatures", "labels": [told(label) for label in self.labels]}


@dataclass(frozen=True)
class Rule:
    """A thin line across."""

    def data(self) -> Data:
        """As the typesetter takes it."""
        return {"kind": "rule"}


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page."""

    def data(self) -> Data:
        """As the typesetter takes it."""
        return {"kind": "break"}


@dataclass(frozen=True)
class Beside:
    """Groups of parts beside each other; ``shares`` divide the width, evenly when empty."""

    groups: Sequence[Sequence[Part]]
    shares: Sequence[int] = ()

    def data(self) -> Data:
        """As the typesetter takes it."""
        groups = [[part.data() for part in group] for group in self.groups]
        return {"kind": "beside", "parts": groups, "shares": list(self.shares) or [1] * len(groups)}


@dataclass(frozen=True)
class Box:
    """Parts in a frame that is not torn apart by a page."""

    parts: Sequence[Part]
    title: Say = ""

    def data(self) -> Data:
        """As the typesetter takes it."""
        parts = [part.data() for part in self.parts]
        return {"kind": "box", "title": told(self.title), "parts": parts}


Part = Facts | Table | Sums | Words | Code | Signatures | Rule | Break | Beside | Box


@dataclass(frozen=True)
class Sheet:
    """The paper of one document.

    ``to`` are the lines of the receiver's address, ``facts`` what stands beside it. ``dated`` is
    the document's own day: the file bears it, so that the same document gives the same file.
    ``mark`` is stamped beside the title; the core marks drafts and what was cancelled by itself.
    ``head`` and ``foot`` say whether the company's letterhead and the line with the page numbers
    are shown. ``running`` is repeated on each page, the title when it is empty.
    """

    title: Say = ""
    parts: Sequence[Part] = ()
    to: Sequence[str] = ()
    facts: Sequence[tuple[Say, object]] = ()
    dated: dt.date | None = None
    mark: Say = ""
    head: bool = True
    foot: bool = True
    running: Say = ""
    #: Further sheets of the same document: one for each supplier that is asked.
    after: Sequence[Sheet] = ()

    def data(self) -> Data:
        """As the typesetter takes it, without letterhead and language."""
        facts = Facts(self.facts).data()["rows"]
        return {
            "title": told(self.title),
            "mark": told(self.mark),
            "to": [line for words in self.to for line in told(words) if line.strip()],
            "facts": facts,
            "parts": [part.data() for part in self.parts],
            "footer": self.foot,
            "running": told(self.running or self.title),
        }
