"""What was forecast beside what came: of approved forecasts, for periods that are over."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from dougong import ZERO
from dougong_inventory.forecast.history import SOLD, Place
from dougong_inventory.forecast.models import Forecast, ForecastSeries
from dougong_inventory.forecast.queries import AT_ONCE, Figure, approved_figures
from dougong_inventory.moves.models import Move
from dougong_inventory.warehouses.models import Location

#: A quarter is looked back.
BACK = dt.timedelta(days=91)
HUNDRED = Decimal(100)


class Review(NamedTuple):
    """One product in a warehouse over some periods: what was forecast, what came, how far off it was.

    Periods are summed up before they are compared: of what is wanted now and then nobody knows the
    week, and stock is kept for the time until more comes.
    """

    periods: int
    forecast: Decimal
    sold: Decimal
    #: The difference of the two, of several products the sum of theirs, whichever way.
    missed: Decimal

    @property
    def accuracy(self) -> Decimal | None:
        """In per cent: 100 less the weighted absolute percentage error, never below zero.

        (Hyndman and Athanasopoulos, FPP3, 5.8: WAPE, the absolute errors over what came.)
        """
        return max(ZERO, HUNDRED - HUNDRED * self.missed / self.sold) if self.sold else None

    @property
    def bias(self) -> Decimal | None:
        """In per cent of what came; more than zero: too much was forecast."""
        return HUNDRED * (self.forecast - self.sold) / self.sold if self.sold else None


def reviews(
    session: Session, company_id: int, start: dt.date, today: dt.date
) -> dict[Place, Review]:
    """By product and warehouse, how good the approved forecasts were from a day until now."""
    products = session.scalars(
        select(ForecastSeries.product_id)
        .join(Forecast, Forecast.id == ForecastSeries.forecast_id)
        .where(Forecast.company_id == company_id, Forecast.state == "approved")
        .distinct()
    ).all()
    figures = [
        figure
        for figure in approved_figures(session, company_id, products, start, today)
        if figure.start >= start and figure.end <= today
    ]
    if not figures:
        return {}
    return _compared(figures, _days(session, company_id, figures))


def overall(found: dict[Place, Review]) -> Review:
    """All products together; what one missed is not made up for by another."""
    several = found.values()
    return Review(
        max((one.periods for one in several), default=0),
        sum((one.forecast for one in several), ZERO),
        sum((one.sold for one in several), ZERO),
        sum((one.missed for one in several), ZERO),
    )


def _compared(
    figures: list[Figure], sold: dict[Place, dict[dt.date, Decimal]]
) -> dict[Place, Review]:
    found: dict[Place, Review] = {}
    for figure in figures:
        place = figure.product_id, figure.warehouse_id
        came = sum(
            (quantity for day, quantity in sold[place].items() if figure.start <= day < figure.end),
            ZERO,
        )
        known = found.get(place, Review(0, ZERO, ZERO, ZERO))
        said, sold_so_far = known.forecast + figure.quantity, known.sold + came
        found[place] = Review(known.periods + 1, said, sold_so_far, abs(said - sold_so_far))
    return found


def _days(
    session: Session, company_id: int, figures: list[Figure]
) -> dict[Place, dict[dt.date, Decimal]]:
    """What customers took day by day over all these periods."""
    origin, products = aliased(Location), {figure.product_id for figure in figures}
    only = [Move.product_id.in_(products)] if len(products) <= AT_ONCE else []
    rows = session.execute(
        select(Move.product_id, origin.warehouse_id, Move.moved_on, func.sum(Move.change))
        .join(origin, origin.id == Move.from_id)
        .where(
            *only,
            Move.company_id == company_id,
            Move.reason.in_(SOLD),
            Move.moved_on >= min(figure.start for figure in figures),
            Move.moved_on < max(figure.end for figure in figures),
        )
        .group_by(Move.product_id, origin.warehouse_id, Move.moved_on)
    )
    found: dict[Place, dict[dt.date, Decimal]] = defaultdict(dict)
    for product, warehouse, day, change in rows:
        found[product, warehouse or 0][day] = -change
    return found
