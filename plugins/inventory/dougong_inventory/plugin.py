"""How inventory slots into the house. Wiring only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dougong import (
    Job, Plugin, Reaction, Series, Setting, SideTable, UnitOfWork, Workflow, _,
    hookimpl,
)  # fmt: skip
from dougong_base import Category
from dougong_base.events import SaleReturned, SalesOrderCancelled, SalesOrderConfirmed
from dougong_base.ports import ProductCost, StockAvailability
from dougong_inventory import providers, reactions
from dougong_inventory.counts.models import COUNT_STEPS, Count, CountLine
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.queue import reserve_waiting
from dougong_inventory.deliveries.workflow import DELIVERY_STEPS
from dougong_inventory.lots.models import Lot
from dougong_inventory.moves.models import Move
from dougong_inventory.openings.models import OPENING_STEPS, Opening, OpeningLine
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.receipts.workflow import RECEIPT_STEPS
from dougong_inventory.replenishment.models import ReorderRule
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.scraps.models import SCRAP_STEPS, Scrap, ScrapLine
from dougong_inventory.stock.models import Stock
from dougong_inventory.transfers.models import TRANSFER_STEPS, Transfer, TransferLine
from dougong_inventory.valuation.models import METHODS, CategoryValuation, Layer, StockValue
from dougong_inventory.warehouses.models import Location, Warehouse
from dougong_inventory.warehouses.service import open_first_warehouse


class Inventory(Plugin):
    """Inventory."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """Warehouses, stock and moves, and the documents that move goods."""
        return [
            Warehouse, Location, Lot, Stock, StockValue, Layer, CategoryValuation, Move,
            Delivery, DeliveryLine, Reservation, Receipt, ReceiptLine, Transfer, TransferLine,
            Count, CountLine, Scrap, ScrapLine, Opening, OpeningLine, ReorderRule,
        ]  # fmt: skip

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """The steps of each document."""
        return [
            DELIVERY_STEPS, RECEIPT_STEPS, TRANSFER_STEPS, COUNT_STEPS, SCRAP_STEPS, OPENING_STEPS,
        ]  # fmt: skip

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """A number series for each document."""
        return [
            Series("delivery", _("Deliveries"), "DN"),
            Series("receipt", _("Receipts"), "GR"),
            Series("transfer", _("Transfers"), "TR"),
            Series("count", _("Counts"), "CN"),
            Series("scrap", _("Scrappings"), "SC"),
            Series("opening", _("Opening stock"), "OS"),
        ]

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """How stock is valued."""
        return [
            Setting(
                "inventory.valuation",
                _("Valuation of stock"),
                "average",
                "choice",
                METHODS,
                _("Categories may differ. A change counts for what moves from then on."),
            )
        ]

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """Orders become deliveries, returns become receipts."""
        return [
            Reaction(SalesOrderConfirmed, reactions.plan_deliveries),
            Reaction(SalesOrderCancelled, reactions.cancel_deliveries),
            Reaction(SaleReturned, reactions.expect_returns),
        ]

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """Who knows what is there, and what it costs."""
        return {StockAvailability: providers.Availability, ProductCost: providers.Costs}

    @hookimpl
    def jobs(self) -> Iterable[Job]:
        """Waiting deliveries are served again and again."""
        return [
            Job(
                "inventory.reserve_waiting",
                reserve_waiting,
                _("Reserve for waiting deliveries"),
                every=dt.timedelta(minutes=15),
            )
        ]

    @hookimpl
    def extensions(self) -> Iterable[Any]:
        """How the goods of a category are valued."""
        return [SideTable(Category, CategoryValuation)]

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """A first warehouse, and the places outside."""
        open_first_warehouse(uow)


plugin = Inventory()
