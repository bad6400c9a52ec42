"""The questions of other departments that inventory answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from dougong import ZERO, UnitOfWork
from dougong_base import digits_of_products
from dougong_base.ports import Demand, Movement
from dougong_inventory.forecast.needs import needs
from dougong_inventory.forecast.queries import approved_figures
from dougong_inventory.stock.outlook import outlook
from dougong_inventory.stock.queries import apart_now, free_now, stock_at, stock_now
from dougong_inventory.valuation.queries import unit_costs


class Availability:
    """What lies in the warehouses."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def free(
        self, product_ids: Collection[int], *, warehouse_id: int | None = None
    ) -> Mapping[int, Decimal]:
        """How much of each product is there and promised to nobody."""
        found = free_now(
            self.uow.session, product_ids, company_id=self.uow.company_id, warehouse_id=warehouse_id
        )
        return {id: found.get(id, ZERO) for id in product_ids}

    def on_hand(
        self, product_ids: Collection[int], *, at: dt.date | None = None
    ) -> Mapping[int, Decimal]:
        """How much of each product lies in the house, now or at the end of a day."""
        session, company = self.uow.session, self.uow.company_id
        if at is None:
            found = stock_now(session, product_ids, company_id=company)
        else:
            found = stock_at(session, at, product_ids, company_id=company)
        return {id: found[id][0] if id in found else ZERO for id in product_ids}


class Apart:
    """What lies in the quarantines."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def apart(self, product_ids: Collection[int] | None = None) -> Mapping[int, Decimal]:
        """How much of each product is in the house and may not be used."""
        return apart_now(self.uow.session, product_ids, company_id=self.uow.company_id)


class Costs:
    """What goods cost us."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def of(
        self, product_ids: Collection[int], *, on: dt.date | None = None
    ) -> Mapping[int, Decimal]:
        """Cost of one unit of each product, in the company's currency."""
        return unit_costs(self.uow.session, self.uow.company_id, product_ids, on)


class Outlook:
    """What will come to the warehouses and leave them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def between(
        self, product_ids: Collection[int] | None, start: dt.date, end: dt.date
    ) -> Sequence[Movement]:
        """Expected receipts and open deliveries; what is late counts on the first day."""
        return outlook(self.uow.session, self.uow.company_id, product_ids, start, end)


class Forecasts:
    """What customers will want: as it is forecast and approved."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def between(
        self,
        product_ids: Collection[int],
        start: dt.date,
        end: dt.date,
        *,
        warehouse_id: int | None = None,
    ) -> Sequence[Demand]:
        """Expected needs, on the first day of each week; of a week that has begun, what is left."""
        session, company = self.uow.session, self.uow.company_id
        figures = approved_figures(session, company, product_ids, start, end, warehouse_id)
        digits = digits_of_products(session, {figure.product_id for figure in figures})
        return needs(figures, start, end, digits)
