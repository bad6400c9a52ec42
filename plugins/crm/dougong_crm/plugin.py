"""How sales slots into the house."""

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
    Tour,
    UnitOfWork,
    Widget,
    Workflow,
    _,
    hookimpl,
)
from dougong.printing import Print
from dougong.reports import Report
from dougong.resources import Resource
from dougong_base.events import (
    SaleBillable,
    SaleReturned,
    SalesOrderCancelled,
    SalesOrderChanged,
    SalesOrderConfirmed,
)
from dougong_crm import views
from dougong_crm.changes.models import Change, ChangeLine
from dougong_crm.changes.resource import ChangeResource
from dougong_crm.changes.workflow import CHANGE_STEPS
from dougong_crm.checks import CHECKS
from dougong_crm.customers.resource import CustomerResource
from dougong_crm.dashboards import SALES_DASHBOARD
from dougong_crm.demo import sell
from dougong_crm.first_steps import FIRST_STEPS
from dougong_crm.leads.models import Lead
from dougong_crm.leads.resource import LeadResource
from dougong_crm.leads.workflow import LEAD_STEPS
from dougong_crm.menu import MENU
from dougong_crm.opportunities.models import Opportunity, Stage
from dougong_crm.opportunities.resource import OpportunityResource, StageResource
from dougong_crm.opportunities.seed import seed_stages
from dougong_crm.opportunities.workflow import OPPORTUNITY_STEPS
from dougong_crm.orders.models import FollowUp, Order, OrderLine
from dougong_crm.orders.papers import ORDER_PRINTS
from dougong_crm.orders.portal import ORDERS
from dougong_crm.orders.replays import cancelled, changed, unbilled, undelivered
from dougong_crm.orders.resource import OrderResource
from dougong_crm.orders.workflow import INVOICE_ON, ORDER_STEPS
from dougong_crm.people.resource import SalespersonResource
from dougong_crm.prices.models import PriceList, PriceRule
from dougong_crm.prices.resource import PriceListResource
from dougong_crm.providers import PROVIDERS
from dougong_crm.quotes.models import Quote, QuoteLine
from dougong_crm.quotes.papers import QUOTE_PRINTS
from dougong_crm.quotes.portal import QUOTES
from dougong_crm.quotes.resource import QuoteResource
from dougong_crm.quotes.service import expire_quotes
from dougong_crm.quotes.workflow import QUOTE_STEPS
from dougong_crm.reactions import REACTIONS
from dougong_crm.reports.backlog import BACKLOG
from dougong_crm.reports.pipeline import PIPELINE
from dougong_crm.reports.sales import SALES
from dougong_crm.returns.models import Return, ReturnLine
from dougong_crm.returns.resource import ReturnResource
from dougong_crm.returns.service import untold
from dougong_crm.returns.workflow import RETURN_STEPS
from dougong_crm.roles import ROLES
from dougong_crm.tours import TOURS
from dougong_crm.widgets import WIDGETS


class Crm(Plugin):
    """Sales."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """Leads, opportunities, quotes, orders, changes, returns, price lists."""
        return [
            Lead, Stage, Opportunity, Quote, QuoteLine, Order, OrderLine, FollowUp,
            Change, ChangeLine, Return, ReturnLine, PriceList, PriceRule,
        ]  # fmt: skip

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """How each noun is shown and entered."""
        return [
            CustomerResource, LeadResource, OpportunityResource, QuoteResource, OrderResource,
            ChangeResource, ReturnResource, PriceListResource, StageResource,
            SalespersonResource,
        ]  # fmt: skip

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """From customer to return."""
        return MENU

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """The roads that documents take."""
        return [
            LEAD_STEPS, OPPORTUNITY_STEPS, QUOTE_STEPS, ORDER_STEPS, CHANGE_STEPS, RETURN_STEPS,
        ]  # fmt: skip

    @hookimpl
    def reports(self) -> Iterable[Report]:
        """Sales, open lines, the pipeline."""
        return [SALES, BACKLOG, PIPELINE]

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """Quotes and order confirmations."""
        return [*QUOTE_PRINTS, *ORDER_PRINTS]

    @hookimpl
    def widgets(self) -> Iterable[Widget]:
        """Cards for those who sell."""
        return WIDGETS

    @hookimpl
    def first_steps(self) -> Iterable[FirstStep]:
        """What a company enters first here."""
        return FIRST_STEPS

    @hookimpl
    def tours(self) -> Iterable[Tour]:
        """Over the form of an order."""
        return TOURS

    @hookimpl
    def dashboards(self) -> Iterable[Dashboard]:
        """What those who sell look at first."""
        return [SALES_DASHBOARD]

    @hookimpl
    def permissions(self) -> Iterable[Permission]:
        """What no step implies."""
        return [Permission("crm.order.override", _("Go beyond credit and discount limits"))]

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Salespeople and their manager."""
        return ROLES

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """How a company sells."""
        return [
            Setting("crm.invoice_on", _("Bill orders"), "delivery", "choice", INVOICE_ON),
            Setting("crm.discount_limit", _("Highest discount in percent"), 100, "number"),
            Setting("crm.quote_days", _("Days a quote is valid"), 30, "number"),
            Setting(
                "crm.portal_confirms",
                _("Confirm the order of a quote that a customer accepts"),
                default=True,
                kind="flag",
                help=_("Otherwise it is a draft until an employee confirms it."),
            ),
        ]

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """Numbers without gaps."""
        return [
            Series("sales-quote", _("Quotes"), "SQ"),
            Series("sales-order", _("Sales orders"), "SO"),
            Series("sales-return", _("Sales returns"), "SR"),
        ]

    @hookimpl
    def jobs(self) -> Iterable[Job]:
        """What happens every day."""
        return [
            Job(
                "crm.expire_quotes",
                expire_quotes,
                _("Close quotes whose time is over"),
                every=dt.timedelta(days=1),
                each_company=True,
            )
        ]

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """What is done when others have news."""
        return REACTIONS

    @hookimpl
    def replays(self) -> Iterable[Replay]:
        """What departments that came later have missed."""
        return [
            Replay(SalesOrderCancelled, cancelled),
            Replay(SalesOrderConfirmed, undelivered),
            Replay(SalesOrderChanged, changed),
            Replay(SaleReturned, untold),
            Replay(SaleBillable, unbilled),
        ]

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """Prices."""
        return PROVIDERS

    @hookimpl
    def extensions(self) -> Iterable[Any]:
        """What customers see of sales."""
        return [QUOTES, ORDERS]

    @hookimpl
    def checks(self) -> Iterable[Check]:
        """What must be true of sales."""
        return CHECKS

    @hookimpl
    def views(self) -> Iterable[tuple[str, str]]:
        """Sales as a flat table, for reporting tools."""
        return views.VIEWS

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """The stages of the pipeline."""
        seed_stages(uow)

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """Leads, a pipeline, quotes, orders."""
        sell(uow)


plugin = Crm()
