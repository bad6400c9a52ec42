"""What an import did or would do, and whether the house now says what the file said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from dougong.i18n import Text

#: More mistakes than this help nobody; they are counted.
MOST_TOLD = 1000


class Mistake(NamedTuple):
    """What is wrong, and where in the file."""

    line: int
    column: str
    sentence: Text | str


def nothing() -> list[Decimal]:
    """Two sums: in the file, in the house."""
    return [Decimal(0), Decimal(0)]


@dataclass
class Report:
    """Counts, mistakes and sums."""

    rows: int = 0
    documents: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    mistaken: int = 0
    errors: list[Mistake] = field(default_factory=list)
    #: By field: the sum in the file, and the sum of the same cells in the house.
    sums: dict[str, list[Decimal]] = field(default_factory=lambda: defaultdict(nothing))
    saved: bool = False
    #: Documents that are in the house now because of this file.
    kept: int = 0
    #: Under which number the import is remembered; None where it has made and changed nothing.
    run: int | None = None
    #: The file's line on which each document begins.
    starts: list[int] = field(default_factory=list)

    def wrong(self, mistakes: Iterable[Mistake]) -> None:
        """Note mistakes."""
        for mistake in mistakes:
            self.mistaken += 1
            if len(self.errors) < MOST_TOLD:
                self.errors.append(mistake)

    @property
    def agrees(self) -> bool:
        """Whether every document and every sum of the file is in the house."""
        stored = self.created + self.changed + self.unchanged
        return stored == self.documents and all(a == b for a, b in self.sums.values())

    def as_json(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "rows": self.rows,
            "documents": self.documents,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "saved": self.saved,
            "kept": self.kept,
            "import": self.run,
            "agrees": self.agrees,
            "mistakes": self.mistaken,
            "errors": [
                {"line": m.line, "column": m.column, "sentence": str(m.sentence)}
                for m in self.errors
            ],
            "sums": {
                name: {"file": _short(there), "house": _short(here)}
                for name, (there, here) in self.sums.items()
            },
        }


def _short(value: Decimal) -> str:
    return format(value.normalize(), "f")
