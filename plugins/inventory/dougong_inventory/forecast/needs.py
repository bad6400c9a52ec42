"""Approved figures as needs on days: months become weeks, all warehouses one house."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_DOWN, Decimal

from dougong import DocumentRef
from dougong_base.ports import Demand
from dougong_inventory.forecast.models import Forecast
from dougong_inventory.forecast.periods import WEEK, first_day
from dougong_inventory.forecast.queries import Figure

HUNDREDTH = Decimal("0.01")


def needs(figures: Iterable[Figure], start: dt.date, end: dt.date) -> list[Demand]:
    """What is wanted from one day to another, both included, on the first day of each week.

    What lies before the first day of a period that has begun is over; its part is left out.
    """
    sums: dict[tuple[int, dt.date, int], Decimal] = defaultdict(Decimal)
    for figure in figures:
        if figure.start >= start and figure.end - figure.start == WEEK:
            sums[figure.product_id, figure.start, figure.forecast_id] += figure.quantity
            continue
        for on, quantity in by_week(figure):
            # The week in which the asker begins: what is left of it.
            until = min(on + WEEK - dt.timedelta(days=on.weekday()), figure.end)
            first = max(on, start)
            if first >= until or first > end:
                continue
            left = (until - first).days * quantity / (until - on).days
            sums[figure.product_id, first, figure.forecast_id] += left.quantize(HUNDREDTH)
    return [
        Demand(product, on, quantity, DocumentRef(Forecast.__document__, forecast))
        for (product, on, forecast), quantity in sorted(sums.items())
        if quantity > 0
    ]


def by_week(figure: Figure) -> Iterator[tuple[dt.date, Decimal]]:
    """A period cut at its Mondays, by days; the parts together are exactly the whole."""
    days, on = (figure.end - figure.start).days, figure.start
    given, gone = Decimal(0), 0
    while on < figure.end:
        until = min(first_day(on, "week") + WEEK, figure.end)
        gone += (until - on).days
        whole = (figure.quantity * gone / days).quantize(HUNDREDTH, ROUND_DOWN)
        part = figure.quantity - given if until == figure.end else whole - given
        yield on, part
        given, on = given + part, until
