"""What differs between a bill and its order: a code and the facts; the words are found when it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dougong import Text, _
from dougong.resources import Field
from dougong.resources.formats import Formats

#: By code: what kind of difference it is.
KINDS = {
    "received": _("More than came"),
    "ordered": _("More than ordered"),
    "price": _("Dearer than agreed"),
    "unknown": _("Not ordered"),
}
#: As much of a line's text as is kept.
LONGEST = 200


@dataclass(frozen=True)
class Difference:
    """One line of a bill that differs too far: how, and by what."""

    code: str
    line: str
    asked: Decimal | None = None
    limit: Decimal | None = None

    def facts(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "code": self.code,
            "line": self.line[:LONGEST],
            "asked": None if self.asked is None else plain(self.asked),
            "limit": None if self.limit is None else plain(self.limit),
        }

    def sentence(self, number: Callable[[Any], str] | None = None) -> Text:
        """What differs, in the reader's words; ``number`` writes figures as the reader does."""
        return sentence_of(self.facts(), number)


def sentence_of(facts: Mapping[str, Any], number: Callable[[Any], str] | None = None) -> Text:
    """The same from what was stored."""
    line = facts.get("line") or ""
    asked, limit = (
        number(Decimal(facts[name])) if number and facts.get(name) else facts.get(name)
        for name in ("asked", "limit")
    )
    match facts.get("code"):
        case "received":
            return _(
                "“%(line)s”: %(asked)s are billed, but only %(limit)s have come.",
                line=line, asked=asked, limit=limit,
            )  # fmt: skip
        case "ordered":
            return _(
                "“%(line)s”: %(asked)s are billed, but only %(limit)s were ordered.",
                line=line, asked=asked, limit=limit,
            )  # fmt: skip
        case "price":
            return _(
                "“%(line)s”: the bill asks %(paid)s apiece, the order says %(owed)s.",
                line=line, paid=asked, owed=limit,
            )  # fmt: skip
        case _code:
            return _("“%(line)s” was not ordered.", line=line)


def plain(number: Decimal) -> str:
    """Without needless zeros."""
    return f"{number.normalize():f}"


class DifferenceField(Field):
    """Facts as JSON in the API, a sentence for people."""

    kind = "difference"
    sortable = False
    operators: Mapping[str, Any] = {}

    def show(self, value: Any, fmt: Formats) -> str:
        """In the reader's language and figures."""
        return str(sentence_of(value, lambda figure: fmt.trimmed(figure, 6))) if value else ""

    def input(self, value: Any, fmt: Formats) -> str:
        """The same; nobody types it."""
        return self.show(value, fmt)

    def schema(self) -> Any:
        """An object."""
        return dict[str, Any]
