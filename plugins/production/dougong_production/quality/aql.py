"""Single sampling by attributes, indexed by acceptance quality limit (AQL). Pure arithmetic.

Source: ISO 2859-1 and ANSI/ASQ Z1.4, table 1 (code letters) and tables 2-A, 2-B, 2-C (single
sampling, normal, tightened, reduced). The tables are diagonals: with letters counted down and AQLs
counted across, a plan depends on the sum of both alone. Every cell for AQL 0.010 to 10 was compared
with MIL-STD-105E as J. Lawson tabulates it (R package AQLSchemes), arrows included; the tests hold
those tables.

* Table 2-C is that of Z1.4 (and of ISO 2859-1:1989), with a gap between the acceptance and the
  rejection number: a lot that falls into it is accepted, and inspection goes back to normal.
  ISO 2859-1:1999 closed the gap; its reduced acceptance numbers differ.
* AQLs above 10 (nonconformities per hundred items) are not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dougong import Refused, _

Severity = Literal["normal", "tightened", "reduced"]

LETTERS = "ABCDEFGHJKLMNPQR"
LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
AQLS = (
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65",
    "1.0", "1.5", "2.5", "4.0", "6.5", "10",
)  # fmt: skip

#: The largest lot of each range; the last one has no end.
_LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000)
_CODES = {
    "S-1": "AAAABBBBCCCCDDD",
    "S-2": "AAABBBCCCDDDEEE",
    "S-3": "AABBCCDDEEFFGGH",
    "S-4": "AABCCDEEFGGHJJK",
    "I": "AABCCDEFGHJKLMN",
    "II": "ABCDEFGHJKLMNPQ",
    "III": "BCDEFGHJKLMNPQR",
}
_SIZES: Mapping[Severity, tuple[int, ...]] = {
    "normal": (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000),
    # The last one is letter S, which only an arrow of this table leads to.
    "tightened": (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000, 3150),
    "reduced": (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800),
}
_DOWN, _UP = 1, -1
#: The letter A meets the AQL 6.5 on the diagonal with acceptance number zero.
_ORIGIN = 14
#: Acceptance and rejection number, or an arrow, by diagonal; before the first all point down,
#: after the last all point up.
_DIAGONALS: Mapping[Severity, tuple[tuple[int, int] | int, ...]] = {
    "normal": (
        (0, 1), _UP, _DOWN, (1, 2), (2, 3), (3, 4), (5, 6), (7, 8), (10, 11), (14, 15), (21, 22),
    ),
    "tightened": (
        _DOWN, (0, 1), _DOWN, _DOWN, (1, 2), (2, 3), (3, 4), (5, 6), (8, 9), (12, 13), (18, 19),
    ),
    "reduced": (
        (0, 1), _UP, _DOWN, (0, 2), (1, 3), (1, 4), (2, 5), (3, 6), (5, 8), (7, 10), (10, 13),
    ),
}  # fmt: skip


class UnknownAql(Refused):
    """No table knows this quality limit."""

    def __init__(self, aql: object) -> None:
        super().__init__(
            _(
                "%(aql)s is not an AQL of the tables. Choose one of: %(known)s.",
                aql=aql,
                known=", ".join(AQLS),
            )
        )


class UnknownLevel(Refused):
    """No table knows this inspection level."""

    def __init__(self, level: object) -> None:
        super().__init__(
            _(
                "%(level)s is not an inspection level. Choose one of: %(known)s.",
                level=level,
                known=", ".join(LEVELS),
            )
        )


class NothingToInspect(Refused):
    """A lot without a piece in it."""

    def __init__(self) -> None:
        super().__init__(_("A lot has at least one piece; enter its size."))


@dataclass(frozen=True, slots=True)
class Plan:
    """How many pieces to look at, up to how many bad ones are accepted, from how many refused."""

    letter: str
    size: int
    accept: int
    reject: int
    #: The sample would be the whole lot: every piece is looked at.
    whole_lot: bool = False


def code_letter(lot: int, level: str = "II") -> str:
    """The letter of table 1 for a lot of that size."""
    if lot < 1:
        raise NothingToInspect
    if level not in _CODES:
        raise UnknownLevel(level)
    return _CODES[level][sum(lot > largest for largest in _LOTS)]


def plan_for(lot: int, level: str, aql: str, severity: Severity = "normal") -> Plan:
    """The plan of the tables for a lot; its arrows followed, to their own sample size."""
    plan = plan_of(code_letter(lot, level), aql, severity)
    if plan.size < lot:
        return plan
    return Plan(plan.letter, lot, plan.accept, plan.reject, whole_lot=True)


def plan_of(letter: str, aql: str, severity: Severity = "normal") -> Plan:
    """The plan that stands, or that an arrow leads to, where a letter meets an AQL."""
    if aql not in AQLS:
        raise UnknownAql(aql)
    sizes, column = _SIZES[severity], AQLS.index(aql)
    row, way = LETTERS.index(letter), 0
    while not isinstance(cell := _cell(severity, row, column), tuple):
        # Whoever has been sent one way goes on that way; at the edge of the table one turns.
        way = way or cell
        if not 0 <= row + way < len(sizes):
            way = -way
        row += way
    return Plan((LETTERS + "S")[row], sizes[row], *cell)


def _cell(severity: Severity, row: int, column: int) -> tuple[int, int] | int:
    cells, diagonal = _DIAGONALS[severity], row + column - _ORIGIN
    if diagonal < 0:
        return _DOWN
    if diagonal >= len(cells):
        return _UP
    # A sample of one piece would be needed at AQL 10: the diagonal of acceptance number zero ends.
    if column > AQLS.index("6.5") and cells[diagonal] == (0, 1):
        return _DOWN
    return cells[diagonal]


def tighter(aql: str) -> str | None:
    """The next stricter AQL, if there is one."""
    place = AQLS.index(aql)
    return AQLS[place - 1] if place else None
