"""Numbers without gaps: drawn before the rows that carry them are written, and given back by no one.

The row of a series is locked from the draw to the commit, so numbers are drawn as late as they can
be: with the writing at the end, never while services still think.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from dougong.events import DocumentRef, ref
from dougong.series.patterns import Pattern
from dougong.series.queries import pattern_on, read_known

if TYPE_CHECKING:
    from dougong.unit_of_work.house import House

#: Company, kind and period: a year, a month, or 0 where the counting never starts anew.
Series = tuple[int, str, int]
#: Who waits for a number of which kind, of which day, in which field.
Waiting = tuple[Any, str, dt.date, str]
#: Who waits for a number, and who waits to name one.
Kept = tuple[list[Waiting], list[tuple[Any, str, DocumentRef]]]
#: Those who get a number of one series: document, day, field.
Asking = Mapping[Series, list[tuple[Any, dt.date, str]]]
#: A pattern that others change again and again while numbers are drawn is waited for so often.
PATIENCE = 5


class Numbering:
    """The documents of a unit of work that wait for their number."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._waiting: list[Waiting] = []
        #: Who names the number of whose document, and in which field.
        self._citing: list[tuple[Any, str, DocumentRef]] = []

    def ask(self, document: Any, kind: str, on: dt.date, field: str) -> None:
        """Give this document the next number of its series, of the period of that day."""
        self._waiting.append((document, kind, on, field))

    def cite(self, document: Any, field: str, source: DocumentRef) -> None:
        """Write the source's number into this field once it is drawn."""
        self._citing.append((document, field, source))

    def draw(self, connect: Callable[[], Connection], current: Callable[[Any], Any]) -> None:
        """Give everyone their number, in the order in which they asked.

        ``current`` hands over the document as it is known now: what was undone was forgotten.
        """
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        connection = connect()
        for _try in range(PATIENCE):
            known = self._house.patterns
            asking = self._by_series(waiting)
            wanted = {series: (len(asked), _bearer(asked)) for series, asked in asking.items()}
            last, version = draw(connection, wanted)
            if version == known.version:
                break
            # A pattern was changed since this process looked: the numbers are given back at once,
            # nobody can have drawn after us, and drawn anew as they read now.
            give_back(connection, {series: len(asked) for series, asked in asking.items()})
            self._house.patterns = read_known(connection)
        drawn: dict[DocumentRef, str] = {}
        for series, asked in asking.items():
            first = last[series] - len(asked) + 1
            for n, (document, on, field) in enumerate(asked, first):
                numbered = current(document)
                number = self._pattern(series[0], series[1], on).word(on, n)
                setattr(numbered, field, number)
                drawn[ref(numbered)] = number
        self._tell(drawn, current)

    def _by_series(self, waiting: Sequence[Waiting]) -> Asking:
        asking: dict[Series, list[tuple[Any, dt.date, str]]] = defaultdict(list)
        asked_for: set[tuple[DocumentRef, str]] = set()
        for document, kind, on, field in waiting:
            # Who asks twice, entered and decided in one act, would leave a gap.
            if (place := (ref(document), field)) not in asked_for:
                asked_for.add(place)
                company = document.company_id
                period = self._pattern(company, kind, on).period(on)
                asking[company, kind, period].append((document, on, field))
        return asking

    def _pattern(self, company: int, kind: str, on: dt.date) -> Pattern:
        return pattern_on(self._house.series, self._house.patterns.chosen, (company, kind), on)

    def _tell(self, drawn: Mapping[DocumentRef, str], current: Callable[[Any], Any]) -> None:
        """Give those who name a source its number; a source that was not numbered leaves them as they are."""
        citing, self._citing = self._citing, []
        for document, field, source in citing:
            if source in drawn:
                setattr(current(document), field, drawn[source])

    def kept(self) -> Kept:
        """Who waits, to come back to after something was undone."""
        return list(self._waiting), list(self._citing)

    def return_to(self, kept: Kept) -> None:
        """Forget who has asked since."""
        self._waiting, self._citing = kept


def _bearer(asked: Sequence[tuple[Any, dt.date, str]]) -> str:
    """Which documents bear the numbers, and in which field: ``crm.orders:number``."""
    document, _on, field = asked[0]
    return f"{document.__document__}:{field}"


def draw(
    connection: Connection, wanted: Mapping[Series, tuple[int, str]]
) -> tuple[dict[Series, int], int]:
    """Take so many numbers of each series for documents of a kind.

    Returns the last of each, and the version of the patterns, told by the same statement.
    """
    keys: Sequence[Series] = sorted(wanted)
    rows = [(*key, *wanted[key]) for key in keys]
    if connection.dialect.name == "postgresql":
        source = (
            "SELECT * FROM unnest(%s::bigint[], %s::varchar[], %s::int[], %s::int[], %s::varchar[])"
        )
        given: tuple[Any, ...] = tuple(list(column) for column in zip(*rows, strict=True))
    else:
        source = "VALUES " + ", ".join(["(?, ?, ?, ?, ?)"] * len(keys))
        given = tuple(value for row in rows for value in row)
    drawn = connection.exec_driver_sql(
        f"INSERT INTO core_series (company_id, kind, year, last, bearer) {source}"
        " ON CONFLICT (company_id, kind, year) DO UPDATE"
        " SET last = core_series.last + excluded.last, bearer = excluded.bearer"
        " RETURNING company_id, kind, year, last, (SELECT max(id) FROM core_series_pattern)",
        given,
    ).all()
    return {(row[0], row[1], row[2]): row[3] for row in drawn}, drawn[0][4] or 0


def give_back(connection: Connection, taken: Mapping[Series, int]) -> None:
    """Undo a draw of this very transaction."""
    draw(connection, {series: (-many, "") for series, many in taken.items()})
