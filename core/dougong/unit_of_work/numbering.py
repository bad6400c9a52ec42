"""Numbers without gaps: drawn before the rows that carry them are written, and given back by no one.

The row of a series is locked from the draw to the commit, so numbers are drawn as late as they can
be: with the writing at the end, never while services still think.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from dougong.events import DocumentRef, ref

#: Company, kind and year.
Series = tuple[int, str, int]
#: Who waits for a number, and who waits to name one.
Kept = tuple[list[tuple[Series, Any, str]], list[tuple[Any, str, DocumentRef]]]


class Numbering:
    """The documents of a unit of work that wait for their number."""

    def __init__(self, wording: Callable[[str, int, int], str]) -> None:
        self._wording = wording
        self._waiting: list[tuple[Series, Any, str]] = []
        #: Who names the number of whose document, and in which field.
        self._citing: list[tuple[Any, str, DocumentRef]] = []

    def ask(self, document: Any, kind: str, on: dt.date, field: str) -> None:
        """Give this document the next number of its series, of the year of that day."""
        self._waiting.append(((document.company_id, kind, on.year), document, field))

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
        by_series: dict[Series, list[tuple[Any, str]]] = defaultdict(list)
        asked_for: set[tuple[DocumentRef, str]] = set()
        for series, document, field in waiting:
            # Who asks twice, entered and decided in one act, would leave a gap.
            if (place := (ref(document), field)) not in asked_for:
                asked_for.add(place)
                by_series[series].append((document, field))
        last = draw(connect(), {series: len(asked) for series, asked in by_series.items()})
        drawn: dict[DocumentRef, str] = {}
        for (company, kind, year), asked in by_series.items():
            first = last[company, kind, year] - len(asked) + 1
            for n, (document, field) in enumerate(asked, first):
                numbered, number = current(document), self._wording(kind, year, n)
                setattr(numbered, field, number)
                drawn[ref(numbered)] = number
        self._tell(drawn, current)

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


def draw(connection: Connection, wanted: Mapping[Series, int]) -> dict[Series, int]:
    """Take so many numbers of each series; returns the last taken of each."""
    keys: Sequence[Series] = sorted(wanted)
    if connection.dialect.name == "postgresql":
        source = "SELECT * FROM unnest(%s::bigint[], %s::varchar[], %s::int[], %s::int[])"
        given = (
            [k[0] for k in keys], [k[1] for k in keys], [k[2] for k in keys], [wanted[k] for k in keys],
        )  # fmt: skip
    else:
        source = "VALUES " + ", ".join(["(?, ?, ?, ?)"] * len(keys))
        given = tuple(value for key in keys for value in (*key, wanted[key]))  # type: ignore[assignment]
    rows = connection.exec_driver_sql(
        f"INSERT INTO core_series (company_id, kind, year, last) {source}"
        " ON CONFLICT (company_id, kind, year) DO UPDATE SET last = core_series.last + excluded.last"
        " RETURNING company_id, kind, year, last",
        given,
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}
