"""How purchasing slots into the house. Wiring only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint

from dougong import (
    Check,
    Dashboard,
    Fill,
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
    StepGuard,
    UnitOfWork,
    Widget,
    Workflow,
    _,
    hookimpl,
)
from dougong.approvals.proposing import propose_rules
from dougong.printing import Print
from dougong.reports import Report
from dougong.resources import Resource
from dougong_base import Party, Product
from dougong_base.events import (
    CostsArose,
    LandedCostAllocated,
    PurchaseBillable,
    PurchaseOrderCancelled,
    PurchaseOrderChanged,
    PurchaseOrderConfirmed,
    PurchaseReturned,
)
from dougong_base.ports import PurchasesUnderway, SupplierOffers
from dougong_purchasing.approvals import APPROVALS
from dougong_purchasing.blankets.models import Blanket, BlanketLine
from dougong_purchasing.blankets.resource import BlanketResource
from dougong_purchasing.blankets.workflow import BLANKET_STEPS
from dougong_purchasing.checks import CHECKS
from dougong_purchasing.dashboards import BUYING_DASHBOARD
from dougong_purchasing.demo import buy
from dougong_purchasing.first_steps import FIRST_STEPS
from dougong_purchasing.jobs import JOBS
from dougong_purchasing.landed.models import (
    Arrival,
    LandedCost,
    LandedPart,
    LandedReceipt,
    LandedShare,
)
from dougong_purchasing.landed.resource import LandedCostResource
from dougong_purchasing.landed.telling import untold_bills, untold_left, untold_values
from dougong_purchasing.landed.workflow import LANDED_STEPS
from dougong_purchasing.matches.models import Match, MatchLine
from dougong_purchasing.matches.resource import MatchResource
from dougong_purchasing.matches.service import hold_bills
from dougong_purchasing.matches.workflow import MATCH_STEPS
from dougong_purchasing.menu import MENU
from dougong_purchasing.orders.models import FollowUp, Order, OrderLine
from dougong_purchasing.orders.papers import ORDER_PRINTS
from dougong_purchasing.orders.replays import cancelled, changed, unbilled, unexpected
from dougong_purchasing.orders.resource import OrderResource, doubtful
from dougong_purchasing.orders.revisions import Revision
from dougong_purchasing.orders.workflow import ORDER_STEPS
from dougong_purchasing.quotas.models import Quota, QuotaLine
from dougong_purchasing.quotas.resource import QuotaResource
from dougong_purchasing.reactions import REACTIONS
from dougong_purchasing.reports import REPORTS
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.resource import RequestResource
from dougong_purchasing.requests.underway import Underway
from dougong_purchasing.requests.workflow import REQUEST_STEPS
from dougong_purchasing.returns.models import Return, ReturnLine
from dougong_purchasing.returns.resource import ReturnResource
from dougong_purchasing.returns.service import untold
from dougong_purchasing.returns.workflow import RETURN_STEPS
from dougong_purchasing.rfqs.compare import COMPARISON
from dougong_purchasing.rfqs.models import Award, Quote, QuoteLine, Rfq, RfqLine, RfqSupplier
from dougong_purchasing.rfqs.papers import RFQ_PRINTS
from dougong_purchasing.rfqs.portal import pages
from dougong_purchasing.rfqs.resource import QuoteResource, RfqResource
from dougong_purchasing.rfqs.workflow import QUOTE_STEPS, RFQ_STEPS
from dougong_purchasing.roles import PERMISSIONS, ROLES
from dougong_purchasing.scores.models import Score
from dougong_purchasing.scores.resource import ScoreResource
from dougong_purchasing.scores.workflow import SCORE_STEPS
from dougong_purchasing.settings import SETTINGS
from dougong_purchasing.terms.book import SupplierBook
from dougong_purchasing.terms.models import SupplierList, SupplierPrice
from dougong_purchasing.terms.resource import SupplierListResource
from dougong_purchasing.tolerances.models import PartyTolerance, ProductTolerance
from dougong_purchasing.tolerances.resource import PartyExtension, ProductExtension
from dougong_purchasing.views import VIEWS
from dougong_purchasing.widgets import WIDGETS

if TYPE_CHECKING:
    import click


class Purchasing(Plugin):
    """Requests, offers, orders and suppliers."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """Orders, returns, agreements, price lists, scores."""
        return [
            Order, OrderLine, FollowUp, Return, ReturnLine, Blanket, BlanketLine,
            SupplierList, SupplierPrice, Score, Request, RequestLine, Match, MatchLine,
            Revision, Quota, QuotaLine, ProductTolerance, PartyTolerance,
            Rfq, RfqLine, RfqSupplier, Quote, QuoteLine, Award,
            Arrival, LandedCost, LandedPart, LandedReceipt, LandedShare,
        ]  # fmt: skip

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """How each noun is shown and entered."""
        return [
            RequestResource, RfqResource, QuoteResource, OrderResource, MatchResource,
            ReturnResource, LandedCostResource, BlanketResource, SupplierListResource, QuotaResource,
            ScoreResource,
        ]  # fmt: skip

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """From order to score."""
        return MENU

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """The roads that documents take."""
        return [
            REQUEST_STEPS, RFQ_STEPS, QUOTE_STEPS, ORDER_STEPS, MATCH_STEPS, RETURN_STEPS,
            LANDED_STEPS, BLANKET_STEPS, SCORE_STEPS,
        ]  # fmt: skip

    @hookimpl
    def pages(self) -> Iterable[Blueprint]:
        """The page on which suppliers answer."""
        return [pages]

    @hookimpl
    def reports(self) -> Iterable[Report]:
        """Offers side by side; spend, open lines, prices, punctuality."""
        return [COMPARISON, *REPORTS]

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """Purchase orders, requests for quotation."""
        return [*ORDER_PRINTS, *RFQ_PRINTS]

    @hookimpl
    def first_steps(self) -> Iterable[FirstStep]:
        """What a company enters first here."""
        return FIRST_STEPS

    @hookimpl
    def permissions(self) -> Iterable[Permission]:
        """What no step implies."""
        return PERMISSIONS

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Buyers, their manager, and those who need something."""
        return ROLES

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """How a company buys."""
        return SETTINGS

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """Numbers without gaps."""
        return [
            Series("purchase-request", _("Purchase requests"), "RQ"),
            Series("purchase-rfq", _("Requests for quotation"), "QR"),
            Series("landed-cost", _("Landed costs"), "LC"),
            Series("purchase-order", _("Purchase orders"), "PO"),
            Series("purchase-return", _("Returns to suppliers"), "PR"),
            Series("purchase-blanket", _("Framework agreements"), "PA"),
        ]

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """What is done when others have news."""
        return REACTIONS

    @hookimpl
    def replays(self) -> Iterable[Replay]:
        """What departments that came later have missed."""
        return [
            Replay(PurchaseOrderCancelled, cancelled),
            Replay(PurchaseOrderConfirmed, unexpected),
            Replay(PurchaseOrderChanged, changed),
            Replay(PurchaseReturned, untold),
            Replay(PurchaseBillable, unbilled),
            Replay(PurchaseBillable, untold_bills),
            Replay(LandedCostAllocated, untold_values),
            Replay(CostsArose, untold_left),
        ]

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """Where to buy."""
        return {SupplierOffers: SupplierBook, PurchasesUnderway: Underway}

    @hookimpl
    def extensions(self) -> Iterable[Any]:
        """A bill that differs from its order is not posted; tolerances of products and suppliers."""
        return [
            StepGuard("finance.invoices", "post", batch=hold_bills),
            SideTable(Product, ProductTolerance),
            ProductExtension,
            SideTable(Party, PartyTolerance),
            PartyExtension,
        ]

    @hookimpl
    def widgets(self) -> Iterable[Widget]:
        """Cards for the home page."""
        return WIDGETS

    @hookimpl
    def dashboards(self) -> Iterable[Dashboard]:
        """What those who buy look at first."""
        return [BUYING_DASHBOARD]

    @hookimpl
    def jobs(self) -> Iterable[Job]:
        """What is done by itself."""
        return JOBS

    @hookimpl
    def commands(self) -> Iterable[click.Command]:
        """Ordering from the command line."""
        from dougong_purchasing.commands import COMMANDS

        return COMMANDS

    @hookimpl
    def views(self) -> Iterable[tuple[str, str]]:
        """Lines of orders, for reporting tools."""
        return VIEWS

    @hookimpl
    def fills(self) -> Iterable[Fill]:
        """A warning above orders with doubtful suppliers."""
        return [Fill("purchasing.orders.top", "purchasing/doubtful.html", doubtful)]

    @hookimpl
    def checks(self) -> Iterable[Check]:
        """What must be true of purchasing."""
        return CHECKS

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """Who agrees to requests and orders, to begin with."""
        propose_rules(uow, APPROVALS)

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """Orders, a request, an inquiry."""
        buy(uow)


plugin = Purchasing()
