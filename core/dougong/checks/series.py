"""Numbers without gaps: every number that was given is on a document, and no document has another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.plugin import Series
from dougong.series.holes import Hole, borne, holes
from dougong.series.models import SeriesCounter

#: A broken series is told by its first few holes.
FEW = 5


def every_series(session: Session) -> Iterator[str]:
    """No number of any series is missing, given twice, or beyond what was given."""
    rows = session.execute(
        select(SeriesCounter.kind, SeriesCounter.bearer)
        .where(SeriesCounter.bearer != "")
        .distinct()
        .order_by(SeriesCounter.kind, SeriesCounter.bearer)
    ).all()
    declared = _series(session)
    for kind, bearer in rows:
        if kind in declared:
            yield from _told(session, kind, bearer)


def _series(session: Session) -> Mapping[str, Series]:
    found: Mapping[str, Series] = session.info["house"].series
    return found


def _told(session: Session, kind: str, bearer: str) -> Iterator[str]:
    for hole in holes(session, _series(session), kind, borne(session, bearer)):
        yield from _sentences(f"{kind} {hole.period}, company {hole.company}", hole)


def _sentences(name: str, hole: Hole) -> Iterator[str]:
    if hole.twice:
        yield f"{name}: given twice: {_some(hole.twice)}"
    if hole.missing:
        yield f"{name}: {len(hole.missing)} missing: {_some(hole.missing)}"
    if hole.beyond:
        yield f"{name}: beyond the counter, which stands at {hole.last}: {_some(hole.beyond)}"


def _some(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, list(numbers)[:FEW]))
