"""The questions of other departments that production answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dougong import ZERO, UnitOfWork
from dougong_base import Product, add_working_days
from dougong_base.ports import (
    DeliveryDates,
    Movement,
    ProductionUnderway,
    StockAvailability,
    StockOutlook,
)
from dougong_production.boms.models import Bom
from dougong_production.boms.structure import Structure, structure_of
from dougong_production.orders.queries import underway

#: How far ahead anybody looks.
AHEAD = dt.timedelta(days=365)


class Underway:
    """What is being made."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def between(
        self, product_ids: Collection[int] | None, start: dt.date, end: dt.date
    ) -> Sequence[Movement]:
        """Goods to come, and material to go in that no warehouse has put aside."""
        return underway(self.uow.session, self.uow.company_id, product_ids, start, end)


class Promises:
    """Capable to promise: what is free, then what is expected, then how long it takes to make."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def earliest(self, wants: Sequence[tuple[int, Decimal]]) -> Mapping[int, dt.date | None]:
        """The day on which each product is there in that quantity."""
        products = {id for id, _quantity in wants}
        today = self.uow.today
        structure = structure_of(self.uow.session, self.uow.company_id, products, today)
        known = products | {
            line.product_id for bom in structure.boms.values() for line in bom.lines
        }
        supply = Supply(self.uow, sorted(known))
        return {id: _day(id, quantity, supply, structure, 0) for id, quantity in wants}


class Supply:
    """What is free of some products now, what will come, and how long each takes to get."""

    def __init__(self, uow: UnitOfWork, products: Sequence[int]) -> None:
        self.today = uow.today
        stock, outlook = uow.ask(StockAvailability), uow.ask(StockOutlook)
        self.free = dict(stock.free(products)) if stock else {}
        end = uow.today + AHEAD
        moves = list(outlook.between(products, uow.today, end)) if outlook else []
        moves += underway(uow.session, uow.company_id, products, uow.today, end)
        #: Deliveries that wait for stock take of what comes; what is reserved is not free already.
        self.coming = sorted((m for m in moves if m.quantity > 0), key=lambda m: m.on)
        self.lead = {p.id: p.lead_days for p in uow.load(Product, products)}

    def day(self, product_id: int, quantity: Decimal) -> dt.date | None:
        """The day on which so much is free, if it is on its way already."""
        there = self.free.get(product_id, ZERO)
        if there >= quantity:
            return self.today
        for move in self.coming:
            if move.product_id == product_id:
                there += move.quantity
                if there >= quantity:
                    return move.on
        return None


def _day(
    product_id: int, quantity: Decimal, supply: Supply, structure: Structure, level: int
) -> dt.date:
    there = supply.day(product_id, quantity)
    if there is not None:
        return there
    bom = structure.bom_of(product_id)
    if bom is None or level > 50:
        return supply.today + dt.timedelta(days=supply.lead.get(product_id, 0))
    missing = quantity - supply.free.get(product_id, ZERO)
    parts = structure.direct(bom, missing, product_id=product_id)
    begin = max(
        (_day(part.product_id, part.quantity, supply, structure, level + 1) for part in parts),
        default=supply.today,
    )
    return add_working_days(None, begin, make_days(structure, bom, missing, product_id))


def make_days(
    structure: Structure, bom: Bom, quantity: Decimal, product_id: int | None = None
) -> int:
    """How many working days the operations take, one after the other."""
    days = ZERO
    for operation, many in structure.work(bom, quantity, product_id):
        centre = operation.work_centre
        minutes = centre.takes(operation.setup_minutes + operation.run_minutes * many)
        days += minutes / 60 / centre.hours_a_day / centre.capacity
    return max(int(days.to_integral_value(rounding="ROUND_CEILING")), 1)


PROVIDERS: dict[type[Any], Callable[[UnitOfWork], Any]] = {
    ProductionUnderway: Underway,
    DeliveryDates: Promises,
}
