"""Numbers without gaps: every number that was given is on a document, and no document has another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.series.models import SeriesCounter
from dougong.unit_of_work.session import SCOPED

_NUMBER = re.compile(r"^.*-(\d{4})-(\d+)$")
#: A broken series is told by its first few holes.
FEW = 5


def gapless(
    model: type[Any], kind: str, field: str = "number"
) -> Callable[[Session], Iterable[str]]:
    """The question of a `Check`: do the documents of a series hold 1, 2, 3 … up to its counter?

    ``Check("finance.invoice.numbers", _("Invoice numbers"), gapless(Invoice, "finance.invoice"))``.
    """

    def run(session: Session) -> Iterator[str]:
        given = _given(session, kind)
        held = _held(session, model, field)
        for company, year in sorted({*given, *held}):
            last, numbers = given.get((company, year), 0), held.get((company, year), [])
            yield from _compare(f"{kind} {year}, company {company}", last, numbers)

    return run


def _given(session: Session, kind: str) -> dict[tuple[int, int], int]:
    rows = session.execute(
        select(SeriesCounter.company_id, SeriesCounter.year, SeriesCounter.last).where(
            SeriesCounter.kind == kind
        )
    )
    return {(company, year): last for company, year, last in rows}


def _held(session: Session, model: type[Any], field: str) -> dict[tuple[int, int], list[int]]:
    column = getattr(model, field)
    rows = session.execute(
        select(model.company_id, column).where(column.is_not(None)),
        execution_options={SCOPED: True},
    )
    held: dict[tuple[int, int], list[int]] = defaultdict(list)
    for company, number in rows:
        if found := _NUMBER.match(number):
            held[company, int(found[1])].append(int(found[2]))
    return held


def _compare(name: str, last: int, numbers: list[int]) -> Iterator[str]:
    seen = Counter(numbers)
    if twice := sorted(n for n, times in seen.items() if times > 1)[:FEW]:
        yield f"{name}: given twice: {_some(twice)}"
    missing = [n for n in range(1, last + 1) if n not in seen]
    if missing:
        yield f"{name}: {len(missing)} missing: {_some(missing[:FEW])}"
    if beyond := sorted(n for n in seen if n > last or n < 1):
        yield f"{name}: beyond the counter, which stands at {last}: {_some(beyond[:FEW])}"


def _some(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
