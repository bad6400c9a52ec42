"""How inventory slots into the house. Wiring only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dougong import (
    Check,
    Dashboard,
    FirstStep,
    Job,
    MenuItem,
    Permission,
    Plugin,
    Reaction,
    Replay,
    Role,
    Series,
    Setting,
    SideTable,
    UnitOfWork,
    Widget,
    Workflow,
    _,
    hookimpl,
)  # fmt: skip
from dougong.printing import Print
from dougong.reports import Report
from dougong.resources import Resource
from dougong_base import Category
from dougong_base.events import (
    GoodsReceived,
    GoodsRejected,
    GoodsReleased,
    GoodsShipped,
    LandedCostAllocated,
    MaterialsUsed,
    ProductionFinished,
    ProductionReleased,
    ProductionStopped,
    PurchaseOrderCancelled,
    PurchaseOrderChanged,
    PurchaseOrderConfirmed,
    PurchaseReturned,
    SaleReturned,
    SalesOrderCancelled,
    SalesOrderChanged,
    SalesOrderConfirmed,
    StockValued,
)
from dougong_base.ports import (
    DemandForecast,
    ProductCost,
    StockApart,
    StockAvailability,
    StockOutlook,
)
from dougong_inventory import providers, reactions
from dougong_inventory.checks import all_checks
from dougong_inventory.counts.models import COUNT_STEPS, Count, CountLine
from dougong_inventory.counts.papers import COUNT_PRINTS
from dougong_inventory.counts.resource import CountResource
from dougong_inventory.dashboards import WAREHOUSE_DASHBOARD
from dougong_inventory.deliveries.changes import follow_changes, not_followed
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.papers import DELIVERY_PRINTS
from dougong_inventory.deliveries.portal import DELIVERIES
from dougong_inventory.deliveries.queue import reserve_waiting
from dougong_inventory.deliveries.resource import DeliveryResource
from dougong_inventory.deliveries.returns import send_back
from dougong_inventory.deliveries.workflow import DELIVERY_STEPS
from dougong_inventory.demo import run_the_warehouse
from dougong_inventory.first_steps import FIRST_STEPS
from dougong_inventory.forecast.making import make_forecast
from dougong_inventory.forecast.models import (
    Forecast,
    ForecastAdjustment,
    ForecastLine,
    ForecastSeries,
)
from dougong_inventory.forecast.resource import ForecastResource, ForecastSeriesResource
from dougong_inventory.forecast.service import EVERY, JOB, forecast_when_due, given_up
from dougong_inventory.forecast.workflow import FORECAST_STEPS, SERIES_STEPS
from dougong_inventory.lots.models import Lot
from dougong_inventory.lots.resource import LotResource
from dougong_inventory.menus import PERMISSIONS, ROLES, menu
from dougong_inventory.moves.models import Move
from dougong_inventory.moves.resource import MoveResource
from dougong_inventory.openings.models import OPENING_STEPS, Opening, OpeningLine
from dougong_inventory.openings.resource import OpeningResource
from dougong_inventory.production.material import hand_over, let_go, put_aside
from dougong_inventory.production.output import take_in_goods
from dougong_inventory.quarantine.service import give_back, keep_apart
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.receipts.purchases import (
    cancel_purchases,
    expect_purchases,
    follow_purchases,
)
from dougong_inventory.receipts.resource import ReceiptResource
from dougong_inventory.receipts.workflow import RECEIPT_STEPS
from dougong_inventory.replays import received, shipped, unbooked
from dougong_inventory.replenishment.models import RULE_STEPS, ReorderRule
from dougong_inventory.replenishment.resource import ReorderRuleResource
from dougong_inventory.replenishment.service import request_daily
from dougong_inventory.reports.forecast import FORECAST_REVIEW
from dougong_inventory.reports.moves import STOCK_CARD
from dougong_inventory.reports.reorder import REORDER
from dougong_inventory.reports.stock_now import STOCK_NOW
from dougong_inventory.reports.valuation import STOCK_AT, VALUATION
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.scraps.models import SCRAP_STEPS, Scrap, ScrapLine
from dougong_inventory.scraps.resource import ScrapResource
from dougong_inventory.stock.models import Stock
from dougong_inventory.stock.resource import StockResource
from dougong_inventory.transfers.models import TRANSFER_STEPS, Transfer, TransferLine
from dougong_inventory.transfers.resource import TransferResource
from dougong_inventory.valuation.landed import add_landed_costs
from dougong_inventory.valuation.models import METHODS, CategoryValuation, Layer, StockValue
from dougong_inventory.valuation.resource import CategoryExtension
from dougong_inventory.views import VIEWS
from dougong_inventory.warehouses.models import Location, Warehouse
from dougong_inventory.warehouses.papers import PLACE_PRINTS
from dougong_inventory.warehouses.resource import LocationResource, WarehouseResource
from dougong_inventory.warehouses.service import open_first_warehouse
from dougong_inventory.widgets import WIDGETS


class Inventory(Plugin):
    """Inventory."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """Warehouses, stock and moves, and the documents that move goods."""
        return [
            Warehouse, Location, Lot, Stock, StockValue, Layer, CategoryValuation, Move,
            Delivery, DeliveryLine, Reservation, Receipt, ReceiptLine, Transfer, TransferLine,
            Count, CountLine, Scrap, ScrapLine, Opening, OpeningLine, ReorderRule, Forecast,
            ForecastSeries, ForecastLine, ForecastAdjustment,
        ]  # fmt: skip

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """How each noun is shown and entered."""
        return [
            DeliveryResource, ReceiptResource, TransferResource, StockResource, MoveResource,
            CountResource, ScrapResource, LotResource, ReorderRuleResource, WarehouseResource,
            LocationResource, OpeningResource, ForecastResource, ForecastSeriesResource,
        ]  # fmt: skip

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """Daily work first."""
        return menu()

    @hookimpl
    def reports(self) -> Iterable[Report]:
        """What is there, what it is worth, what to buy."""
        return [STOCK_NOW, STOCK_AT, VALUATION, STOCK_CARD, REORDER, FORECAST_REVIEW]

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """Delivery notes, pick lists, count sheets, labels."""
        return [*DELIVERY_PRINTS, *COUNT_PRINTS, *PLACE_PRINTS]

    @hookimpl
    def widgets(self) -> Iterable[Widget]:
        """What is to be shipped, what waits, what is due, what runs short."""
        return WIDGETS

    @hookimpl
    def first_steps(self) -> Iterable[FirstStep]:
        """What a company enters first here."""
        return FIRST_STEPS

    @hookimpl
    def dashboards(self) -> Iterable[Dashboard]:
        """What the warehouse looks at first."""
        return [WAREHOUSE_DASHBOARD]

    @hookimpl
    def permissions(self) -> Iterable[Permission]:
        """What no step implies."""
        return PERMISSIONS

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Those who work in the warehouse, and those who answer for it."""
        return ROLES

    @hookimpl
    def checks(self) -> Iterable[Check]:
        """What must always be true of stock."""
        return all_checks()

    @hookimpl
    def views(self) -> Iterable[tuple[str, str]]:
        """Stock as reporting tools see it."""
        return VIEWS

    @hookimpl
    def replays(self) -> Iterable[Replay]:
        """What a ledger that came later has missed, and what sales did not hear while they were away."""
        return [
            Replay(StockValued, unbooked),
            Replay(GoodsShipped, shipped),
            Replay(GoodsReceived, received),
        ]

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """The steps of each document."""
        return [
            DELIVERY_STEPS, RECEIPT_STEPS, TRANSFER_STEPS, COUNT_STEPS, SCRAP_STEPS, OPENING_STEPS,
            RULE_STEPS, FORECAST_STEPS, SERIES_STEPS,
        ]  # fmt: skip

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """A number series for each document."""
        return [
            Series("delivery", _("Deliveries"), "DN"),
            Series("receipt", _("Receipts"), "GR"),
            Series("transfer", _("Transfers"), "TR"),
            Series("count", _("Counts"), "IC"),
            Series("scrap", _("Scrappings"), "SC"),
            Series("opening", _("Opening stock"), "OS"),
            Series("forecast", _("Forecasts"), "FC"),
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
            ),
            Setting(
                "inventory.request_supply", _("Ask for what runs short every day"), False, "flag"
            ),
            Setting(
                "inventory.forecast_every",
                _("Forecast demand by itself"),
                "never",
                "choice",
                EVERY,
                _("Like the forecast that was approved last; it waits for approval."),
            ),
        ]

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """Sales become deliveries, purchases receipts; production takes material and brings goods."""
        return [
            Reaction(SalesOrderConfirmed, reactions.plan_deliveries),
            Reaction(
                SalesOrderCancelled, reactions.cancel_deliveries, news=reactions.not_cancelled
            ),
            Reaction(SalesOrderChanged, follow_changes, news=not_followed),
            Reaction(SaleReturned, reactions.expect_returns),
            Reaction(PurchaseOrderConfirmed, expect_purchases),
            Reaction(PurchaseOrderChanged, follow_purchases),
            Reaction(PurchaseOrderCancelled, cancel_purchases),
            Reaction(PurchaseReturned, send_back),
            Reaction(LandedCostAllocated, add_landed_costs),
            Reaction(ProductionReleased, put_aside),
            Reaction(MaterialsUsed, hand_over),
            Reaction(ProductionFinished, take_in_goods),
            Reaction(ProductionStopped, let_go),
            Reaction(GoodsRejected, keep_apart),
            Reaction(GoodsReleased, give_back),
        ]

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """Who knows what is there, and what it costs."""
        return {
            StockAvailability: providers.Availability,
            StockApart: providers.Apart,
            StockOutlook: providers.Outlook,
            ProductCost: providers.Costs,
            DemandForecast: providers.Forecasts,
        }

    @hookimpl
    def jobs(self) -> Iterable[Job]:
        """Waiting deliveries are served again and again."""
        return [
            Job(
                "inventory.reserve_waiting",
                reserve_waiting,
                _("Reserve for waiting deliveries"),
                every=dt.timedelta(minutes=15),
                each_company=True,
            ),
            Job(
                "inventory.request_supply",
                request_daily,
                _("Ask for what runs short"),
                every=dt.timedelta(days=1),
                each_company=True,
            ),
            Job(JOB, make_forecast, _("Forecast demand"), long=True, given_up=given_up),
            Job(
                "inventory.forecast_regularly",
                forecast_when_due,
                _("Start forecasts that are due"),
                every=dt.timedelta(days=1),
                each_company=True,
            ),
        ]

    @hookimpl
    def extensions(self) -> Iterable[Any]:
        """How the goods of a category are valued; what customers see of their deliveries."""
        return [SideTable(Category, CategoryValuation), CategoryExtension, DELIVERIES]

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """A first warehouse, and the places outside."""
        open_first_warehouse(uow)

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """Something on the shelves."""
        run_the_warehouse(uow)


plugin = Inventory()
