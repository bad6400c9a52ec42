"""Approved figures as needs on days: months become weeks, fractions what can be counted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_DOWN, Decimal
from types import MappingProxyType

from dougong import DocumentRef
from dougong_base import stepwise
from dougong_base.ports import Demand
from dougong_inventory.forecast.models import Forecast
from dougong_inventory.forecast.periods import WEEK, first_day
from dougong_inventory.forecast.queries import Figure

HUNDREDTH = Decimal("0.01")
#: As many decimal places as a quantity keeps.
MOST_DIGITS = 6


#: A product in a warehouse.
Place = tuple[int, int]


def needs(
    figures: Iterable[Figure],
    start: dt.date,
    end: dt.date,
    digits: Mapping[int, int] = MappingProxyType({}),
) -> list[Demand]:
    """What is wanted from one day to another, both included, on the first day of each week.

    What lies before the first day of a period that has begun is over; its part is left out.
    ``digits`` are the decimal places of the products' units: each warehouse needs whole steps,
    rounded up in one week and left out in the next, so that no sum is more than a step too much.
    """
    sums: dict[Place, dict[tuple[dt.date, int], Decimal]] = defaultdict(
        lambda: defaultdict(Decimal)
    )
    for figure in figures:
        mine = sums[figure.product_id, figure.warehouse_id]
        if figure.start >= start and figure.end - figure.start == WEEK:
            mine[figure.start, figure.forecast_id] += figure.quantity
            continue
        for on, quantity in by_week(figure):
            # The week in which the asker begins: what is left of it.
            until = min(on + WEEK - dt.timedelta(days=on.weekday()), figure.end)
            first = max(on, start)
            if first >= until or first > end:
                continue
            left = (until - first).days * quantity / (until - on).days
            mine[first, figure.forecast_id] += left.quantize(HUNDREDTH)
    found = []
    for (product, warehouse), mine in sums.items():
        days = sorted(mine)
        steps = stepwise((mine[day] for day in days), digits.get(product, MOST_DIGITS))
        found += [
            Demand(product, on, quantity, DocumentRef(Forecast.__document__, forecast), warehouse)
            for (on, forecast), quantity in zip(days, steps, strict=True)
            if quantity > 0
        ]
    return sorted(found, key=lambda need: (need.product_id, need.on, need.warehouse_id or 0))


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
