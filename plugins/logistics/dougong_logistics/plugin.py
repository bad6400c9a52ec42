"""How logistics slots into the house. Wiring only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dougong import (
    Check,
    Dashboard,
    FirstStep,
    Job,
    MenuItem,
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
    pgettext,
)  # fmt: skip
from dougong.printing import Print
from dougong.reports import Report
from dougong.resources import Resource
from dougong_base import Product
from dougong_base.events import (
    CostsArose,
    DeliveryCancelled,
    DeliveryPlanned,
    GoodsReceived,
    GoodsShipped,
    SaleReturned,
)
from dougong_base.ports import FreightRates
from dougong_logistics.carriers.models import Carrier, Service, Tariff, TariffStep
from dougong_logistics.carriers.queries import Rates
from dougong_logistics.carriers.resource import CarrierResource, ServiceResource, TariffResource
from dougong_logistics.checks import CHECKS
from dougong_logistics.dashboards import SHIPPING_DASHBOARD
from dougong_logistics.demo import open_the_yard
from dougong_logistics.events import ShipmentHandedOver
from dougong_logistics.first_steps import FIRST_STEPS
from dougong_logistics.fleet.costs import DUE, FLEET_COSTS
from dougong_logistics.fleet.models import Driver, FleetEntry, Vehicle
from dougong_logistics.fleet.resource import DriverResource, FleetLogResource, VehicleResource
from dougong_logistics.freight.models import (
    STATEMENT_STEPS,
    BilledShipment,
    Statement,
    StatementLine,
)
from dougong_logistics.freight.resource import StatementResource
from dougong_logistics.menus import ROLES, menu
from dougong_logistics.network.models import SCENARIO_STEPS, Lane, Region, Scenario, Site
from dougong_logistics.network.resource import ScenarioResource
from dougong_logistics.news import received_unheard, shipped_unheard
from dougong_logistics.places.models import Place
from dougong_logistics.places.resource import PlaceResource
from dougong_logistics.products.models import ProductCustoms
from dougong_logistics.products.resource import ProductExtension
from dougong_logistics.replays import awaited, unbooked
from dougong_logistics.returns.models import Return, ReturnLine
from dougong_logistics.returns.prints import RETURN_PRINTS
from dougong_logistics.returns.reactions import follow_sales, follow_the_receipt
from dougong_logistics.returns.resource import ReturnResource
from dougong_logistics.returns.workflow import RETURN_STEPS
from dougong_logistics.shipments.models import Parcel, ProofPhoto, Shipment, ShipmentLine
from dougong_logistics.shipments.planning import (
    drop_shipments,
    follow_the_warehouse,
    plan_shipments,
)
from dougong_logistics.shipments.prints import SHIPMENT_PRINTS
from dougong_logistics.shipments.resource import ShipmentResource
from dougong_logistics.shipments.workflow import SHIPMENT_STEPS
from dougong_logistics.tours.models import (
    PLAN_STEPS,
    TOUR_STEPS,
    PlanStop,
    PlanVehicle,
    RoutePlan,
    Tour,
    TourStop,
)
from dougong_logistics.tours.prints import TOUR_PRINTS
from dougong_logistics.tours.resource import PlanResource, TourResource
from dougong_logistics.tours.service import search_routes
from dougong_logistics.trackings.models import TrackingEvent
from dougong_logistics.trackings.news import tell_customers
from dougong_logistics.trackings.resource import TrackingResource
from dougong_logistics.trackings.service import apply_news
from dougong_logistics.widgets import ON_THE_ROAD, TO_INSPECT

if TYPE_CHECKING:
    from flask import Blueprint


class Logistics(Plugin):
    """Carriers, shipments, routes and fleet."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """Carriers and their prices, shipments, what carriers charge."""
        return [
            Carrier, Service, Tariff, TariffStep, ProductCustoms, Shipment, ShipmentLine, Parcel,
            TrackingEvent, Statement, StatementLine, BilledShipment, Place, Driver,
            Vehicle, FleetEntry, RoutePlan, PlanVehicle, PlanStop, Tour, TourStop,
            Scenario, Site, Region, Lane, ProofPhoto, Return, ReturnLine,
        ]  # fmt: skip

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """How each noun is shown and entered."""
        return [
            ShipmentResource, ReturnResource, TrackingResource, StatementResource, CarrierResource,
            ServiceResource, TariffResource, PlanResource, TourResource, PlaceResource, VehicleResource,
            DriverResource, FleetLogResource, ScenarioResource,
        ]  # fmt: skip

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """Daily work first."""
        return menu()

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """The steps of each document."""
        return [
            SHIPMENT_STEPS,
            RETURN_STEPS,
            STATEMENT_STEPS,
            PLAN_STEPS,
            TOUR_STEPS,
            SCENARIO_STEPS,
        ]

    @hookimpl
    def first_steps(self) -> Iterable[FirstStep]:
        """What a company enters first here."""
        return FIRST_STEPS

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Those who send goods, and those who answer for it."""
        return ROLES

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """A number series for each document."""
        return [
            Series("shipment", _("Shipments"), "SH"),
            Series("return", pgettext("logistics", "Returns"), "RA"),
            Series("statement", _("Freight statements"), "FS"),
            Series("plan", _("Route plans"), "RP"),
            Series("tour", _("Tours"), "TO"),
        ]

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """How carriers are checked, and customers told."""
        return [
            Setting(
                "logistics.freight_tolerance", _("Tolerance for freight, %"), 5, "number",
                help=_("A carrier's charge may differ by so much from what was expected."),
            ),
            Setting(
                "logistics.notify", _("Tell customers when goods leave"), "no", "choice",
                {"no": _("No"), "mail": _("By mail")},
                _("Letters leave by the mail server of the house, see the settings of mail."),
            ),
        ]  # fmt: skip

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """The warehouse's deliveries become shipments and leave with them."""
        return [
            Reaction(DeliveryPlanned, plan_shipments),
            Reaction(DeliveryCancelled, drop_shipments),
            Reaction(GoodsShipped, follow_the_warehouse, news=shipped_unheard),
            Reaction(SaleReturned, follow_sales),
            Reaction(GoodsReceived, follow_the_receipt, news=received_unheard),
            Reaction(ShipmentHandedOver, tell_customers, mode="after_commit"),
        ]

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """What it costs to send goods."""
        return {FreightRates: Rates}

    @hookimpl
    def replays(self) -> Iterable[Replay]:
        """What a ledger that came later has missed."""
        return [Replay(CostsArose, unbooked), Replay(SaleReturned, awaited)]

    @hookimpl
    def jobs(self) -> Iterable[Job]:
        """What carriers say is taken in again and again."""
        return [
            Job(
                "logistics.apply_tracking",
                apply_news,
                _("Take in what carriers say"),
                every=dt.timedelta(minutes=5),
            ),
            Job("logistics.plan_routes", search_routes, _("Search for better routes"), long=True),
        ]

    @hookimpl
    def reports(self) -> Iterable[Report]:
        """What the fleet costs."""
        return [FLEET_COSTS]

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """Labels, papers that travel along, drivers' sheets."""
        return [*SHIPMENT_PRINTS, *TOUR_PRINTS, *RETURN_PRINTS]

    @hookimpl
    def widgets(self) -> Iterable[Widget]:
        """What the home page reminds of."""
        return [ON_THE_ROAD, DUE, TO_INSPECT]

    @hookimpl
    def dashboards(self) -> Iterable[Dashboard]:
        """What those who ship look at first."""
        return [SHIPPING_DASHBOARD]

    @hookimpl
    def checks(self) -> Iterable[Check]:
        """What must always be true of goods on their way."""
        return CHECKS

    @hookimpl
    def pages(self) -> Iterable[Blueprint]:
        """The driver's phone."""
        from dougong_logistics.driving.pages import drive

        return [drive()]

    @hookimpl
    def extensions(self) -> Iterable[Any]:
        """Customs code and origin of products."""
        return [SideTable(Product, ProductCustoms), ProductExtension]

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """A carrier and a van."""
        open_the_yard(uow)


plugin = Logistics()
