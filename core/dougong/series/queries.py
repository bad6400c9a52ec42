"""How series read and where they stand; what is missing among their numbers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from dougong.errors import NotFound
from dougong.i18n import _
from dougong.plugin import Series
from dougong.series.models import SeriesCounter, SeriesGap, SeriesPattern
from dougong.series.patterns import Pattern, Restart
from dougong.unit_of_work.session import SCOPED

#: Patterns by company and series: from which day, in the order in which they count.
Chosen = Mapping[tuple[int, str], Sequence[tuple[dt.date, Pattern]]]
#: A pattern that a plugin ships holds from the beginning.
ALWAYS = dt.date.min


class Known(NamedTuple):
    """The patterns as a process knows them; ``version`` is the id of the latest choice, 0 for none."""

    version: int
    chosen: Chosen


#: Nobody has chosen a pattern: all are as shipped.
SHIPPED = Known(0, {})


def read_known(connection: Connection) -> Known:
    """The patterns as they are now."""
    found = chosen(connection)
    version = connection.scalar(select(func.max(SeriesPattern.id))) or 0
    return Known(version, found)


def chosen(session: Session | Connection) -> Chosen:
    """Every pattern that was chosen in any company."""
    rows = session.execute(
        select(
            SeriesPattern.company_id, SeriesPattern.kind, SeriesPattern.from_on,
            SeriesPattern.text, SeriesPattern.digits, SeriesPattern.restart,
        ).order_by(SeriesPattern.from_on, SeriesPattern.id),
        execution_options={SCOPED: True},
    )  # fmt: skip
    found: dict[tuple[int, str], list[tuple[dt.date, Pattern]]] = defaultdict(list)
    for company, kind, from_on, text, digits, restart in rows:
        found[company, kind].append((from_on, Pattern(text, digits, cast("Restart", restart))))
    return found


def pattern_on(
    series: Mapping[str, Series], found: Chosen, place: tuple[int, str], on: dt.date
) -> Pattern:
    """The pattern of a company's series for documents of a day."""
    for from_on, pattern in reversed(found.get(place, ())):
        if from_on <= on:
            return pattern
    return Pattern.shipped(declared(series, place[1]))


def declared(series: Mapping[str, Series], kind: str) -> Series:
    """The series as its plugin declares it; raises `NotFound`."""
    if kind not in series:
        raise NotFound(_("number series"), kind)
    return series[kind]


def patterns_ever(
    series: Mapping[str, Series], found: Chosen, place: tuple[int, str]
) -> list[Pattern]:
    """Every pattern that a company's series has had or will have, the shipped one first."""
    known = [p for _from, p in found.get(place, ())]
    if place[1] in series:
        known.insert(0, Pattern.shipped(series[place[1]]))
    return list(dict.fromkeys(known))


@dataclass(frozen=True)
class Standing:
    """One series of one company, as it stands on a day."""

    series: Series
    company: int
    pattern: Pattern
    #: The last number given in this period; 0 where none was.
    last: int
    on: dt.date
    #: The last ones of all periods, the newest first: (period, last).
    counters: Sequence[tuple[int, int]] = ()
    bearer: str = ""
    planned: Sequence[tuple[dt.date, Pattern]] = ()

    @property
    def next(self) -> str:
        """How the next number reads."""
        return self.pattern.word(self.on, self.last + 1)

    @property
    def used(self) -> bool:
        """Whether any number was ever given."""
        return any(last for _period, last in self.counters)


def standings(
    session: Session, series: Mapping[str, Series], companies: Iterable[int], on: dt.date
) -> list[Standing]:
    """Where every series of these companies stands."""
    found, companies = chosen(session), list(companies)
    counted: dict[tuple[int, str], list[SeriesCounter]] = defaultdict(list)
    for row in session.scalars(
        select(SeriesCounter)
        .where(SeriesCounter.company_id.in_(companies))
        .order_by(SeriesCounter.year.desc())
    ):
        counted[row.company_id, row.kind].append(row)
    told = []
    for company in companies:
        for kind, one in series.items():
            place, counters = (company, kind), counted[company, kind]
            pattern = pattern_on(series, found, place, on)
            period = pattern.period(on)
            told.append(
                Standing(
                    one,
                    company,
                    pattern,
                    next((c.last for c in counters if c.year == period), 0),
                    on,
                    [(c.year, c.last) for c in counters],
                    next((c.bearer for c in counters if c.bearer), ""),
                    [(day, p) for day, p in found.get(place, ()) if day > on],
                )
            )
    return told


def standing(
    session: Session, series: Mapping[str, Series], place: tuple[int, str], on: dt.date
) -> Standing:
    """Where one series of one company stands; raises `NotFound`."""
    company, kind = place
    (found,) = standings(session, {kind: declared(series, kind)}, [company], on)
    return found


def history(session: Session, company: int, kind: str) -> list[SeriesPattern]:
    """Which patterns were chosen, the latest choice first."""
    return list(
        session.scalars(
            select(SeriesPattern)
            .where(SeriesPattern.company_id == company, SeriesPattern.kind == kind)
            .order_by(SeriesPattern.id.desc())
        )
    )


def gaps(session: Session, company: int, kind: str) -> list[SeriesGap]:
    """What was left out on purpose, the latest first."""
    return list(
        session.scalars(
            select(SeriesGap)
            .where(SeriesGap.company_id == company, SeriesGap.kind == kind)
            .order_by(SeriesGap.id.desc())
        )
    )
