"""How sales slots into the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dougong import (
    Permission,
    Plugin,
    Reaction,
    Replay,
    Series,
    Setting,
    UnitOfWork,
    Workflow,
    _,
    hookimpl,
)
from dougong_base.events import SaleBillable, SalesOrderConfirmed
from dougong_crm.orders.models import FollowUp, Order, OrderLine
from dougong_crm.orders.replays import unbilled, undelivered
from dougong_crm.orders.workflow import INVOICE_ON, ORDER_STEPS
from dougong_crm.prices.models import PriceList, PriceRule
from dougong_crm.providers import PROVIDERS
from dougong_crm.reactions import REACTIONS
from dougong_crm.returns.models import Return, ReturnLine
from dougong_crm.returns.workflow import RETURN_STEPS


class Crm(Plugin):
    """Sales."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """Orders, returns, price lists."""
        return [Order, OrderLine, FollowUp, Return, ReturnLine, PriceList, PriceRule]

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """The roads that documents take."""
        return [ORDER_STEPS, RETURN_STEPS]

    @hookimpl
    def permissions(self) -> Iterable[Permission]:
        """What no step implies."""
        return [Permission("crm.order.override", _("Go beyond credit and discount limits"))]

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """How a company sells."""
        return [
            Setting("crm.invoice_on", _("Bill orders"), "delivery", "choice", INVOICE_ON),
            Setting("crm.discount_limit", _("Highest discount in percent"), 100, "number"),
        ]

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """Numbers without gaps."""
        return [
            Series("sales-order", _("Sales orders"), "SO"),
            Series("sales-return", _("Returns"), "SR"),
        ]

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """What is done when others have news."""
        return REACTIONS

    @hookimpl
    def replays(self) -> Iterable[Replay]:
        """What departments that came later have missed."""
        return [Replay(SalesOrderConfirmed, undelivered), Replay(SaleBillable, unbilled)]

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """Prices."""
        return PROVIDERS


plugin = Crm()
