"""How the numbers of a series read: words with places for year, month and the running number.

`SO-{year}-{number}` reads ``SO-2026-00001``. One part is of any length, the running number; all
others are as long as they are. So a number that was given can be read back in one way only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dougong.plugin import Series

Restart = Literal["year", "month", "never"]

PLACE = re.compile(r"\{([^{}]*)\}")
NUMBER = "number"
#: What a place is filled with, by its name; the running number is apart.
DIGITS = {"year": 4, "yy": 2, "month": 2}
#: What must stand in a number so that it cannot come again after the counting has started anew.
TOLD_BY: dict[str, tuple[tuple[str, ...], ...]] = {
    "never": (),
    "year": (("year", "yy"),),
    "month": (("year", "yy"), ("month",)),
}
MOST_DIGITS = 12

#: Beside a sign itself: any digit, and any number of further digits.
_ANY, _MORE = "any", "more"


@dataclass(frozen=True)
class Pattern:
    """How numbers read, how wide the running number is at least, and when it starts from 1 again."""

    text: str
    digits: int = 5
    restart: Restart = "year"

    @classmethod
    def shipped(cls, series: Series) -> Pattern:
        """What the plugin declares."""
        return cls(f"{series.prefix}-{{year}}-{{number}}", series.digits)

    def period(self, on: dt.date) -> int:
        """Which counter a document of that day draws from: 2026, 202603, or 0 for the only one."""
        if self.restart == "never":
            return 0
        return on.year if self.restart == "year" else on.year * 100 + on.month

    def word(self, on: dt.date, n: int) -> str:
        """The n-th number as it reads on a document of that day."""
        filled = {
            "year": f"{on.year:04d}", "yy": f"{on.year % 100:02d}", "month": f"{on.month:02d}",
            NUMBER: f"{n:0{self.digits}d}",
        }  # fmt: skip
        return PLACE.sub(lambda place: filled[place[1]], self.text)

    @cached_property
    def places(self) -> list[str]:
        """The names of the places, in their order."""
        return PLACE.findall(self.text)

    @cached_property
    def frame(self) -> tuple[str, str]:
        """What two patterns have in common that differ in the width of the number alone."""
        return self.text, self.restart

    @cached_property
    def _reader(self) -> re.Pattern[str]:
        parts, seen = [], set[str]()
        for part in _parts(self.text):
            if part == (NUMBER,):
                parts.append(rf"(?P<number>[0-9]{{{self.digits},}})")
            elif isinstance(part, tuple):
                name = part[0]
                wide = rf"[0-9]{{{DIGITS[name]}}}"
                parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{wide})")
                seen.add(name)
            else:
                parts.append(re.escape(part))
        return re.compile("".join(parts))

    def read(self, number: str) -> tuple[int, int] | None:
        """The period and the running number of a number of this pattern; None for any other."""
        found = self._reader.fullmatch(number)
        if found is None:
            return None
        told = found.groupdict()
        n = int(told[NUMBER])
        if len(told[NUMBER]) > self.digits and told[NUMBER].startswith("0"):
            return None
        if self.restart == "never":
            return 0, n
        year = int(told["year"]) if "year" in told else 2000 + int(told["yy"])
        return (year, n) if self.restart == "year" else (year * 100 + int(told["month"]), n)

    def may_repeat(self, other: Pattern) -> bool:
        """Whether a number of this pattern could read like one of the other.

        Patterns of one frame share their counters, which only go up; all others must never read
        alike, whatever the year and the number.
        """
        return self.frame != other.frame and self.meets(other)

    def meets(self, other: Pattern) -> bool:
        """Whether any text is a number of both patterns."""
        return _meet(self._signs, other._signs)

    @cached_property
    def _signs(self) -> tuple[str, ...]:
        """A sign each: itself, any digit, or more digits."""
        signs: list[str] = []
        for part in _parts(self.text):
            if part == (NUMBER,):
                signs += [_ANY] * (self.digits - 1) + [_ANY, _MORE]
            elif isinstance(part, tuple):
                signs += [_ANY] * DIGITS[part[0]]
            else:
                signs += part
        return tuple(signs)


def _parts(text: str) -> Iterator[str | tuple[str]]:
    """Words as they are, places as a tuple of their name."""
    for at, part in enumerate(PLACE.split(text)):
        if at % 2:
            yield (part,)
        elif part:
            yield part


def _meet(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether one text fits both: the two are walked side by side, every way that is open."""
    todo, seen = [(0, 0)], {(0, 0)}
    while todo:
        at = todo.pop()
        if at == (len(ours), len(theirs)):
            return True
        for step in _steps(ours, theirs, *at):
            if step not in seen:
                seen.add(step)
                todo.append(step)
    return False


def _steps(
    ours: tuple[str, ...], theirs: tuple[str, ...], i: int, j: int
) -> Iterator[tuple[int, int]]:
    mine, yours = ours[i : i + 1], theirs[j : j + 1]
    # More digits may also be none.
    if mine == (_MORE,):
        yield i + 1, j
    if yours == (_MORE,):
        yield i, j + 1
    if mine and yours and _alike(mine[0], yours[0]):
        yield i + (mine != (_MORE,)), j + (yours != (_MORE,))


def _alike(one: str, other: str) -> bool:
    digits = (_ANY, _MORE)
    if one in digits:
        return other in digits or other in "0123456789"
    return one in "0123456789" if other in digits else one == other
