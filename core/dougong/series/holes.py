"""The register of gaps: numbers that were given and stand on no document, or on two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.plugin import Series
from dougong.series.models import SeriesCounter, SeriesGap
from dougong.series.patterns import Pattern
from dougong.series.queries import chosen, patterns_ever
from dougong.unit_of_work.session import SCOPED

#: Which documents of a company bear numbers, as (company, number).
Numbers = Iterable[tuple[int, str]]
#: Company and period.
Place = tuple[int, int]


@dataclass(frozen=True)
class Hole:
    """What is wrong with one period of one company's series."""

    company: int
    period: int
    last: int
    missing: tuple[int, ...]
    twice: tuple[int, ...]
    beyond: tuple[int, ...]


def holes(
    session: Session, series: Mapping[str, Series], kind: str, numbers: Numbers
) -> Iterator[Hole]:
    """Compare the numbers on documents with those that the counters gave, less what was left out."""
    read = _reader(session, series, kind)
    held: dict[Place, list[int]] = defaultdict(list)
    for company, number in numbers:
        if (told := read(company, number)) is not None:
            held[company, told[0]].append(told[1])
    given, left = _given(session, kind), _left_out(session, kind)
    for place in sorted({*given, *held}):
        last, seen = given.get(place, 0), Counter(held.get(place, ()))
        out = left.get(place, set())
        found = Hole(
            *place,
            last,
            tuple(n for n in range(1, last + 1) if n not in seen and n not in out),
            tuple(sorted(n for n, times in seen.items() if times > 1)),
            tuple(sorted(n for n in seen if n > last or n < 1)),
        )
        if found.missing or found.twice or found.beyond:
            yield found


def borne(session: Session, bearer: str, company: int | None = None) -> Numbers:
    """The numbers on the documents that bear a series: ``crm.orders:number``."""
    document, _colon, field = bearer.partition(":")
    model = model_of(document)
    column = getattr(model, field, None)
    if model is None or column is None:
        return ()
    statement = select(model.company_id, column).where(column.is_not(None))
    if company is not None:
        statement = statement.where(model.company_id == company)
    rows = session.execute(statement, execution_options={SCOPED: True, "yield_per": 10_000})
    return ((row[0], row[1]) for row in rows)


def model_of(document: str) -> Any:
    """The mapped class of a kind of documents; None where its plugin is not here."""
    from dougong.db import metadata

    found = (table.info.get("model") for table in metadata.tables.values())
    return next((m for m in found if m and getattr(m, "__document__", "") == document), None)


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers one after another together: 1, 2, 3, 7 → (1, 3), (7, 7)."""
    told: list[tuple[int, int]] = []
    for n in sorted(numbers):
        if told and told[-1][1] == n - 1:
            told[-1] = told[-1][0], n
        else:
            told.append((n, n))
    return told


def _reader(
    session: Session, series: Mapping[str, Series], kind: str
) -> Callable[[int, str], tuple[int, int] | None]:
    found = chosen(session)
    known: dict[int, list[Pattern]] = {}

    def read(company: int, number: str) -> tuple[int, int] | None:
        if company not in known:
            known[company] = patterns_ever(series, found, (company, kind))
        told = (pattern.read(number) for pattern in known[company])
        return next((one for one in told if one is not None), None)

    return read


def _given(session: Session, kind: str) -> dict[Place, int]:
    rows = session.execute(
        select(SeriesCounter.company_id, SeriesCounter.year, SeriesCounter.last).where(
            SeriesCounter.kind == kind
        )
    )
    return {(company, year): last for company, year, last in rows}


def _left_out(session: Session, kind: str) -> dict[Place, set[int]]:
    rows = session.execute(
        select(SeriesGap.company_id, SeriesGap.year, SeriesGap.first, SeriesGap.final).where(
            SeriesGap.kind == kind
        ),
        execution_options={SCOPED: True},
    )
    left: dict[Place, set[int]] = defaultdict(set)
    for company, year, first, final in rows:
        left[company, year].update(range(first, final + 1))
    return left
