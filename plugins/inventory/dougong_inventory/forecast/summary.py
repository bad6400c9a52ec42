"""How good the approved forecasts were, all products together: the database adds up, and answers one row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from dougong import ZERO, Quantity
from dougong_inventory.forecast.history import SOLD
from dougong_inventory.forecast.models import (
    Forecast,
    ForecastAdjustment,
    ForecastLine,
    ForecastSeries,
)
from dougong_inventory.forecast.periods import Periods, day_after
from dougong_inventory.forecast.review import Review
from dougong_inventory.moves.models import Move
from dougong_inventory.warehouses.models import Location

#: From a day on, up to the day before another.
Span = tuple[dt.date, dt.date]


def summary(session: Session, company_id: int, start: dt.date, today: dt.date) -> Review:
    """What `overall` says of all `reviews`, in two statements, however many products there are.

    What one product missed is not made up for by another.
    """
    parts = [
        part
        for key, newer, spans in _counting(session, company_id, start, today)
        for part in (_said(key, newer, spans), _came(company_id, key, newer, spans))
    ]
    if not parts:
        return Review(0, ZERO, ZERO, ZERO)
    rows = union_all(*parts).subquery()
    sums = [func.sum(rows.c[name]).label(name) for name in ("periods", "said", "came")]
    places = select(*sums).group_by(rows.c.product_id, rows.c.warehouse_id).subquery()
    missed = func.abs(places.c.said - places.c.came, type_=Quantity)
    periods, said, came, off = session.execute(
        select(
            func.max(places.c.periods), func.sum(places.c.said), func.sum(places.c.came),
            func.sum(missed, type_=Quantity),
        )
    ).one()  # fmt: skip
    return Review(int(periods or 0), said or ZERO, came or ZERO, off or ZERO)


def _counting(
    session: Session, company_id: int, start: dt.date, today: dt.date
) -> Iterator[tuple[int, tuple[int, ...], list[Span]]]:
    """Of each approved forecast the periods that are over, by the newer ones that speak of them, too.

    Where a newer one has the same product in the same warehouse, the older does not count.
    """
    known: list[tuple[int, dt.date, dt.date]] = []
    for key, first, horizon, bucket in session.execute(
        select(Forecast.id, Forecast.start_on, Forecast.horizon, Forecast.bucket)
        .where(Forecast.company_id == company_id, Forecast.state == "approved")
        .order_by(Forecast.approved_at.desc(), Forecast.id.desc())
    ):
        if first is None:
            continue
        periods = Periods(first, horizon, bucket)
        found: dict[tuple[int, ...], list[Span]] = defaultdict(list)
        for day in periods.days:
            until = day_after(day, bucket)
            if day >= start and until <= today:
                newer = tuple(id for id, a, b in known if a < until and day < b)
                found[newer].append((day, until))
        for newer, spans in found.items():
            yield key, newer, spans
        known.append((key, first, periods.day(horizon)))


def _said(key: int, newer: Sequence[int], spans: Sequence[Span]) -> Any:
    one, line, instead = aliased(ForecastSeries), aliased(ForecastLine), aliased(ForecastAdjustment)
    return (
        select(
            one.product_id, one.warehouse_id, literal(1).label("periods"),
            func.coalesce(instead.quantity, line.quantity).label("said"),
            literal(ZERO, Quantity).label("came"),
        )
        .join(line, line.series_id == one.id)
        .outerjoin(instead, (instead.series_id == one.id) & (instead.on == line.on))
        .where(_counts(one, key, newer), line.on.in_([day for day, _until in spans]))
    )  # fmt: skip


def _came(company_id: int, key: int, newer: Sequence[int], spans: Sequence[Span]) -> Any:
    one, origin = aliased(ForecastSeries), aliased(Location)
    within = [(Move.moved_on >= a) & (Move.moved_on < b) for a, b in _joined(spans)]
    return (
        select(
            one.product_id, one.warehouse_id, literal(0).label("periods"),
            literal(ZERO, Quantity).label("said"), (-Move.change).label("came"),
        )
        .select_from(Move)
        .join(origin, origin.id == Move.from_id)
        .join(one, and_(one.product_id == Move.product_id, one.warehouse_id == origin.warehouse_id))
        .where(
            _counts(one, key, newer), Move.company_id == company_id, Move.reason.in_(SOLD),
            or_(*within),
        )
    )  # fmt: skip


def _counts(one: Any, key: int, newer: Sequence[int]) -> Any:
    """The series of a forecast that no newer one has."""
    if not newer:
        return one.forecast_id == key
    other = aliased(ForecastSeries)
    same = (other.product_id == one.product_id) & (other.warehouse_id == one.warehouse_id)
    return (one.forecast_id == key) & ~exists().where(other.forecast_id.in_(newer), same)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Periods that follow each other are one."""
    found: list[Span] = []
    for first, until in spans:
        if found and found[-1][1] == first:
            found[-1] = found[-1][0], until
        else:
            found.append((first, until))
    return found
