"""The questions of other departments that sales can answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dougong import UnitOfWork
from dougong_base.ports import SalesPrices, SalesUnderway
from dougong_crm.orders.underway import Underway
from dougong_crm.prices.book import PriceBook

PROVIDERS: Mapping[type[Any], Callable[[UnitOfWork], Any]] = {
    SalesUnderway: Underway,
    SalesPrices: lambda uow: PriceBook(uow.session, uow.company_id),
}
